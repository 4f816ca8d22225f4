import { beforeEach, describe, expect, it } from 'vitest';
import { setGroupMode, setNodeMode } from '#core/document/edit-modes';
import type { WorkflowDocument } from '#core/document/schema';
import type { Bridge, BridgeInput } from '#core/ipc';
import type { RunEvent } from '#core/run';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { pictureOf, SmallWorld } from '#test/kit/small-knowledge';
import { connectBridge } from '../../../../renderer/commands/bridge';
import type { CommandId } from '../../../../renderer/commands/command';
import { firstCommands, editorState, runCommand } from '../../../../renderer/commands/command-list';
import { plansAlike } from '../../../../renderer/commands/planning';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const chain = (): WorkflowDocument => ({
  ...small(
    [
      ['words', 'words'],
      ['make', 'make', { count: 3 }],
      ['change', 'change'],
      ['other', 'make'],
    ],
    ['words.text > make.prompt', 'make.image > change.images'],
  ),
  groups: { faces: { title: 'Faces', nodes: ['make', 'other'] } },
});
const nodes = () => documentStore.getState().document.nodes;
const isEnabled = (id: CommandId) =>
  firstCommands([])
    .find((one) => one.id === id)!
    .enabled(editorState());
const select = (...ids: string[]) => sessionStore.actions.select(ids);

let started: BridgeInput<'run.start'>[];

beforeEach(() => {
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue: smallNodes });
  documentStore.actions.open(chain(), nameless, false);
  started = [];
  const bridge: Bridge = {
    call: async (name, input) => {
      if (name === 'run.start') started.push(input as BridgeInput<'run.start'>);
      return { ok: true, value: { run: 'r1' } as never };
    },
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
});

/** Everything was made: the plan says so, step by step. */
function made() {
  const world = new SmallWorld();
  world.run(chain());
  runStore.actions.planMade(world.plan(chain()));
}

describe('mute and bypass', () => {
  it('go on and off for all that is selected, each as one undo step', () => {
    select('make', 'change');
    documentStore.actions.edit((document) => setNodeMode(document, 'make', 'mute'));
    const before = documentStore.getState().document;
    runCommand('edit.mute');
    expect([nodes()['make']!.mode, nodes()['change']!.mode]).toEqual(['mute', 'mute']);
    runCommand('edit.bypass');
    expect([nodes()['make']!.mode, nodes()['change']!.mode]).toEqual(['bypass', 'bypass']);
    runCommand('edit.bypass');
    expect([nodes()['make']!.mode, nodes()['change']!.mode]).toEqual([undefined, undefined]);
    for (let step = 0; step < 3; step += 1) documentStore.actions.undo();
    expect(documentStore.getState().document).toBe(before);
  });

  it('of a group count for all its nodes, and are not taken away by those of a node', () => {
    select('make');
    runCommand('edit.muteGroup');
    expect(documentStore.getState().document.groups!['faces']!.mode).toBe('mute');
    runCommand('edit.mute');
    expect(documentStore.getState().document.groups!['faces']!.mode).toBe('mute');
    expect(nodes()['make']!.mode).toBeUndefined();
    runCommand('edit.muteGroup');
    expect(documentStore.getState().document).toEqual(chain());
    select('words');
    expect(isEnabled('edit.muteGroup')).toBe(false);
  });

  it('of a group ask for a new plan', () => {
    const before = documentStore.getState();
    documentStore.actions.edit((document) => setGroupMode(document, 'faces', 'mute'));
    expect(plansAlike(before, documentStore.getState())).toBe(false);
  });
});

describe('pins', () => {
  it('are of the picture that is shown, or of all', () => {
    select('make');
    expect(isEnabled('edit.pin')).toBe(false);
    made();
    sessionStore.actions.showPicture('make', 1);
    runCommand('edit.pin');
    expect(Object.keys(nodes()['make']!.pins!)).toEqual(['0.1']);
    runCommand('edit.pinAll');
    expect(Object.keys(nodes()['make']!.pins!)).toEqual(['0', '0.1', '0.2']);
    runCommand('edit.pin');
    expect(Object.keys(nodes()['make']!.pins!)).toEqual(['0', '0.2']);
    runCommand('edit.pinAll');
    runCommand('edit.pinAll');
    expect(nodes()['make']!.pins).toBeUndefined();
  });

  it('keep what was shown when the prompt was changed after it', () => {
    made();
    const shown = runStore.getState().results.get('other')![0]!.outputs;
    documentStore.actions.setParam('other', 'prompt', 'a hen');
    const changed = documentStore.getState().document;
    runStore.actions.planMade(new SmallWorld().plan(changed));
    select('other');
    runCommand('edit.pin');
    expect(nodes()['other']!.pins).toEqual({ '0': shown });
  });

  it('whose picture is gone can be taken away', () => {
    const pins = { '0': { image: [pictureOf('lost')] } };
    documentStore.actions.edit((document) => ({
      ...document,
      nodes: { ...document.nodes, other: { ...document.nodes['other']!, pins } },
    }));
    select('other');
    expect(isEnabled('edit.pin')).toBe(true);
    runCommand('edit.pin');
    expect(nodes()['other']!.pins).toBeUndefined();
  });
});

describe('running again', () => {
  it('from here is the node and what comes after it', () => {
    select('make');
    runCommand('run.from');
    expect(started.map(({ targets }) => targets)).toEqual([['make', 'change']]);
  });

  it('with a new take asks for one of what is selected and runs to it', () => {
    select('words', 'make');
    runCommand('run.again');
    expect(nodes()['make']!.take).toBe(1);
    expect(started[0]!.targets).toEqual(['make']);
    expect(started[0]!.document.nodes['make']!.take).toBe(1);
  });

  it('with a new take is not for what is muted or wholly pinned', () => {
    made();
    select('other');
    runCommand('edit.pin');
    expect(isEnabled('run.again')).toBe(false);
    select('change');
    expect(isEnabled('run.again')).toBe(true);
    runCommand('edit.mute');
    expect(isEnabled('run.again')).toBe(false);
  });

  it('only what failed is what failed and what was not reached because of it', () => {
    expect(isEnabled('run.failed')).toBe(false);
    const stamp = { run: 'r0', at: '2026-11-21T12:00:00.000Z' };
    const failure = { code: 'x', act: 'vendor', charge: 'none', message: 'No.' } as const;
    const steps = ['make#0', 'change#0', 'other#0'].map((step) => ({
      step,
      node: step.slice(0, -2),
      reused: false,
    }));
    const events: RunEvent[] = [
      { ...stamp, seq: 0, type: 'run-opened', documentId: 'document-1', title: '', steps, price: 0 },
      { ...stamp, seq: 1, type: 'step-failed', step: 'make#0', node: 'make', failure },
      { ...stamp, seq: 2, type: 'step-skipped', step: 'change#0', node: 'change', because: 'needs make#0' },
      {
        ...stamp,
        seq: 3,
        type: 'step-finished',
        step: 'other#0',
        node: 'other',
        key: 'k',
        outputs: { image: [pictureOf('other')] },
        reused: false,
        price: 0,
      },
      { ...stamp, seq: 4, type: 'run-closed', outcome: 'failed', spent: 0 },
    ];
    runStore.actions.take(events, 'document-1');
    expect(isEnabled('run.failed')).toBe(true);
    runCommand('run.failed');
    expect(started.map(({ targets }) => targets)).toEqual([['make', 'change']]);
  });
});
