import { describe, expect, it } from 'vitest';
import { confirmPicks, pictureNames, type ChoiceRule } from '#core/choice';
import { setParam } from '#core/document/edit';
import { setNodeMode } from '#core/document/edit-modes';
import { editAt } from '#core/document/own-subgraph';
import { packNodes } from '#core/document/pack';
import { catalogueOf } from '#core/document/subgraph';
import type { WorkflowDocument } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import type { Plan } from '#core/plan/planned';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { SmallWorld } from '#test/kit/small-knowledge';

const any: ChoiceRule = { all: false, fewest: 1, most: Infinity, again: true };

/** words (three) ─ make ─ [choose ─ shrink] ─ write */
function funnel(): WorkflowDocument {
  return small(
    [
      ['words', 'words', { lines: 'a\nb\nc' }],
      ['make', 'make'],
      ['choose', 'choose'],
      ['shrink', 'shrink'],
      ['write', 'write'],
    ],
    [
      'words.text > make.prompt',
      'make.image > choose.images',
      'choose.image > shrink.image',
      'shrink.image > write.image',
    ],
  );
}

function packed(document: WorkflowDocument, ids: string[], title = 'Look'): WorkflowDocument {
  const made = packNodes(document, ids, catalogueOf(document, smallNodes), title);
  if ('refused' in made) throw new Error(made.refused);
  return made.document;
}
const inner = () => packed(funnel(), ['choose', 'shrink']);
const nodeOf = (plan: Plan, id: string) => plan.nodes.find((node) => node.id === id)!;

describe('a choice inside a subgraph', () => {
  it.each([
    ['one deep', inner(), 'look/choose'],
    ['two deep', packed(inner(), ['look'], 'Around'), 'around/look/choose'],
  ])('%s waits there, and only what was picked goes on', (_, document, id) => {
    const world = new SmallWorld();
    const before = world.plan(document);
    expect(before.later).toMatchObject({ choices: [id], steps: { low: 2, high: 6 } });
    expect(nodeOf(before, id)).toMatchObject({ verdict: 'waits', choice: { open: true } });
    world.run(document);
    const { pictures } = nodeOf(world.plan(document), id).choice!;
    const names = pictureNames(pictures.map((picture) => picture ?? undefined));
    const picks = confirmPicks(any, { picked: [names[1]!] }, names) as JsonValue;
    const picked = editAt(document, id, (graph) => setParam(graph, id, 'picks', picks));
    const after = world.plan(picked);
    expect(after.later).toBeUndefined();
    expect(after.counts).toEqual({ reused: 3, willRun: 2, blocked: 0 });
  });

  it.each(['mute', 'bypass'] as const)('asks nothing while the subgraph has the mode %s', (mode) => {
    for (const document of [inner(), packed(inner(), ['look'], 'Around')]) {
      const id = Object.hasOwn(document.nodes, 'around') ? 'around' : 'look';
      const plan = new SmallWorld().plan(setNodeMode(document, id, mode));
      expect(plan.later).toBeUndefined();
      expect(plan.nodes.filter(({ choice }) => choice !== undefined)).toEqual([]);
      // Bypassed it hands on all three, muted nothing.
      expect(plan.counts.willRun).toBe(mode === 'bypass' ? 6 : 3);
    }
  });
});
