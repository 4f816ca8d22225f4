import * as dagre from '@dagrejs/dagre';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect } from '#core/document/edit';
import { frameAround, type Box } from '#core/document/arrange';
import { makeGroup } from '#core/document/edit-groups';
import type { WorkflowDocument } from '#core/document/schema';
import { attachCanvas, type CanvasHandle } from '../../../../renderer/commands/canvas-handle';
import { autoLayout } from '../../../../renderer/commands/auto-layout';
import type { CommandId } from '../../../../renderer/commands/command';
import { editorState, findCommand, runCommand } from '../../../../renderer/commands/command-list';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const node = { type: 'x', version: 1, params: {} };
const size = { width: 272, height: 200 };

function documentOf(count: number, wires: readonly [number, number][], groups: number[][] = []) {
  let document = createDocument('doc');
  for (let at = 0; at < count; at += 1) document = addNode(document, `n${at}`, node, [at * 30, at * 20]);
  for (const [from, to] of wires)
    document = connect(document, { from: `n${from}.out`, to: `n${to}.in` }, { replace: false });
  for (const members of groups)
    ({ document } = makeGroup(
      document,
      members.map((at) => `n${at}`),
      'G',
    ));
  return document;
}
const boxesOf = (document: WorkflowDocument): Record<string, Box> =>
  Object.fromEntries(Object.entries(document.layout).map(([id, [x, y]]) => [id, { x, y, ...size }]));

const apart = (left: Box, right: Box) =>
  left.x >= right.x + right.width ||
  right.x >= left.x + left.width ||
  left.y >= right.y + right.height ||
  right.y >= left.y + left.height;

describe('the layout', () => {
  it('lays no card over another and keeps groups together, whatever the graph', () => {
    const graph = fc.integer({ min: 1, max: 14 }).chain((count) =>
      fc.record({
        count: fc.constant(count),
        wires: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 20 }),
        groups: fc.array(fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 5 }), { maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(graph, ({ count, wires, groups }) => {
        const document = documentOf(count, wires, groups);
        const places = autoLayout(dagre, document, boxesOf(document), Object.keys(document.nodes));
        expect(Object.keys(places).sort()).toEqual(Object.keys(document.nodes).sort());
        const after = Object.entries(places).map(([id, [x, y]]) => ({ id, x, y, ...size }));
        for (const [at, one] of after.entries())
          for (const other of after.slice(at + 1)) expect(apart(one, other)).toBe(true);
        for (const { nodes } of Object.values(document.groups ?? {})) {
          const frame = frameAround(after.filter(({ id }) => nodes.includes(id)))!;
          for (const one of after) if (!nodes.includes(one.id)) expect(apart(one, frame)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('goes from left to right, and leaves alone what was not asked for', () => {
    const document = documentOf(4, [
      [2, 1],
      [1, 0],
    ]);
    const places = autoLayout(dagre, document, boxesOf(document), ['n0', 'n1', 'n2']);
    expect(places['n3']).toBeUndefined();
    expect(places['n2']![0]).toBeLessThan(places['n1']![0]);
    expect(places['n1']![0]).toBeLessThan(places['n0']![0]);
    expect(Math.min(...Object.values(places).map(([x]) => x))).toBe(0);
  });
});

describe('the commands', () => {
  const layout = () => documentStore.getState().document.layout;
  const isEnabled = (id: CommandId) => findCommand(id)?.enabled(editorState());
  const done = () => new Promise((resolve) => setImmediate(resolve));

  beforeEach(() => {
    sessionStore.setState(sessionStore.getInitialState(), true);
    documentStore.actions.open(documentOf(3, [[0, 1]], [[0, 1]]), nameless, false);
    const handle: Partial<CanvasHandle> = {
      boxes: () => boxesOf(documentStore.getState().document),
      glide: () => Promise.resolve(),
    };
    attachCanvas(handle as CanvasHandle);
    return () => attachCanvas(null);
  });

  it('align what is selected in one undo step', async () => {
    expect(isEnabled('arrange.align.left')).toBe(false);
    sessionStore.actions.select(['n0', 'n2']);
    runCommand('arrange.align.left');
    await done();
    expect(layout()).toEqual({ n0: [0, 0], n1: [30, 20], n2: [0, 40] });
    documentStore.actions.undo();
    expect(layout()['n2']).toEqual([60, 40]);
    expect(documentStore.getState().canUndo).toBe(false);
  });

  it('move a selected group as a whole', async () => {
    sessionStore.actions.select(['n2'], [], ['group']);
    runCommand('arrange.align.right');
    await done();
    // The frame reaches from -20 to 322; the third card's right edge is at 332.
    expect(layout()).toEqual({ n0: [10, 0], n1: [40, 20], n2: [60, 40] });
  });

  it('make one undo step of a series of nudges', () => {
    sessionStore.actions.select(['n0']);
    for (const id of ['arrange.nudge.right', 'arrange.nudgeFar.right', 'arrange.nudge.down'] as const)
      runCommand(id);
    expect(layout()['n0']).toEqual([28, 4]);
    documentStore.actions.undo();
    expect(layout()['n0']).toEqual([0, 0]);
  });

  it('group, collapse and ungroup; Delete on a frame leaves the nodes', () => {
    sessionStore.actions.select(['n2']);
    runCommand('group.make');
    expect([...sessionStore.getState().selectedGroups]).toEqual(['group-2']);
    expect(sessionStore.getState().renamingGroup).toBe('group-2');
    runCommand('group.collapse');
    expect(documentStore.getState().document.collapsed).toEqual(['group-2']);
    runCommand('group.color.rose');
    expect(documentStore.getState().document.groups?.['group-2']?.color).toBe('rose');
    runCommand('edit.delete');
    expect(documentStore.getState().document.groups?.['group-2']).toBeUndefined();
    expect(Object.keys(documentStore.getState().document.nodes)).toEqual(['n0', 'n1', 'n2']);
    sessionStore.actions.select(['n0']);
    runCommand('group.remove');
    expect(documentStore.getState().document.groups).toBeUndefined();
    expect([...sessionStore.getState().selected].sort()).toEqual(['n0', 'n1']);
  });

  it('duplicate a group with its nodes, and with the wires that come in', () => {
    sessionStore.actions.select([], [], ['group']);
    runCommand('edit.duplicate');
    expect(documentStore.getState().document.groups?.['group-2']?.nodes).toHaveLength(2);
    sessionStore.actions.select(['n1']);
    runCommand('edit.duplicateWired');
    const [copy] = sessionStore.getState().selected;
    expect(documentStore.getState().document.edges).toContainEqual({ from: 'n0.out', to: `${copy}.in` });
  });

  it('show all settings of every card, or of one', () => {
    runCommand('view.bench');
    expect(sessionStore.getState().density).toBe('bench');
    sessionStore.actions.select(['n1']);
    runCommand('view.benchCard');
    expect([...sessionStore.getState().otherDensity]).toEqual(['n1']);
    runCommand('view.bench');
    expect(sessionStore.getState()).toMatchObject({ density: 'card', otherDensity: new Set() });
    runCommand('view.clean');
    expect(sessionStore.getState().clean).toBe(true);
  });
});
