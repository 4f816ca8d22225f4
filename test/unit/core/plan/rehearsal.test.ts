import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setRoute } from '#core/document/edit';
import { setNodeMode } from '#core/document/edit-modes';
import { flatten } from '#core/document/flatten';
import { packNodes } from '#core/document/pack';
import type { WorkflowDocument } from '#core/document/schema';
import { isRehearsal, isRehearsalRoute, rehearsable, rehearsalOf } from '#core/plan/rehearsal';
import { rehearsalReport } from '#core/plan/rehearsal-report';
import type { Plan, PlannedStep } from '#core/plan/planned';
import type { StepProgress } from '#core/run';
import { nodes } from '#nodes/catalogue';

function workflow(): WorkflowDocument {
  let document = createDocument('doc', 'Cats');
  for (const type of ['prompt', 'generate', 'upscale', 'save'])
    document = addNode(document, type, newNode(nodes.get(type)!), [0, 0]);
  document = setRoute(document, 'generate', 'fal/seedream-4.5');
  for (const [from, to] of [
    ['prompt.text', 'generate.prompt'],
    ['generate.image', 'upscale.image'],
    ['upscale.image', 'save.image'],
  ] as const)
    document = connect(document, { from, to }, { replace: true });
  return document;
}

const ask = { faults: { upscale: 'cut' as const }, take: 77, title: 'Rehearsal: Cats' };

describe('a rehearsal of a workflow', () => {
  it('puts every model node on the sandbox with its fault, and leaves the workflow as it is', () => {
    const document = workflow();
    const before = structuredClone(document);
    const rehearsed = rehearsalOf(document, nodes, ask);
    expect(rehearsed.nodes['generate']?.route).toBe('sandbox/rehearsal');
    expect(rehearsed.nodes['upscale']?.route).toBe('sandbox/rehearsal-cut');
    expect(rehearsed.nodes['generate']?.take).toBe(77);
    expect(document).toEqual(before);
  });
  it('puts what is inside subgraphs there too, nested ones as well, with the faults chosen there', () => {
    const pack = (document: WorkflowDocument, ids: string[]) => {
      const packed = packNodes(document, ids, nodes, 'Look');
      if ('refused' in packed) throw new Error(packed.refused);
      return packed.document;
    };
    const inner = pack(workflow(), ['generate', 'upscale']);
    const once = Object.keys(inner.nodes).find((id) => id !== 'prompt' && id !== 'save')!;
    const outer = pack(inner, [once, 'save']);
    const asking = rehearsable(outer, nodes);
    expect(asking.filter((id) => id.split('/').length === 3)).toHaveLength(2);
    const upscale = asking.find((id) => id.endsWith('upscale'))!;
    const rehearsed = rehearsalOf(outer, nodes, { ...ask, faults: { [upscale]: 'cut' } });
    const { document: flat } = flatten(rehearsed, nodes);
    const models = Object.values(flat.nodes).filter(({ type }) => ['generate', 'upscale'].includes(type));
    expect(models.map(({ route }) => route).sort()).toEqual(['sandbox/rehearsal', 'sandbox/rehearsal-cut']);
    expect(models.map(({ take }) => take)).toEqual([77, 77]);
    expect(Object.values(flat.nodes).find(({ type }) => type === 'save')?.mode).toBe('bypass');
  });
  it('has an id of its own, so that its history and money are its own', () => {
    const rehearsed = rehearsalOf(workflow(), nodes, ask);
    expect(isRehearsal(rehearsed.id)).toBe(true);
    expect(isRehearsal(workflow().id)).toBe(false);
    expect(isRehearsalRoute('sandbox/rehearsal-cut')).toBe(true);
    expect(isRehearsalRoute('sandbox/picture')).toBe(false);
  });
  it('writes no files, and does what was pinned anew', () => {
    const pinned = {
      ...workflow(),
      nodes: { ...workflow().nodes, generate: { ...workflow().nodes['generate']!, pins: { '0': {} } } },
    };
    const rehearsed = rehearsalOf(pinned, nodes, ask);
    expect(rehearsed.nodes['save']?.mode).toBe('bypass');
    expect(rehearsed.nodes['generate']).not.toHaveProperty('pins');
  });
  it('leaves out what is muted', () => {
    const muted = setNodeMode(workflow(), 'upscale', 'mute');
    expect(rehearsable(workflow(), nodes)).toEqual(['generate', 'upscale']);
    expect(rehearsable(muted, nodes)).toEqual(['generate']);
  });
});

describe('the report of a rehearsal', () => {
  const seconds = { low: 1, high: 2 };
  const planned = (node: string, high: number): PlannedStep => ({
    id: `${node}#0`,
    node,
    index: 0,
    copy: 0,
    inputs: {},
    verdict: 'will-run',
    forecast: { price: { low: high / 2, high }, seconds },
  });
  const plan = {
    steps: [planned('a', 0.1), planned('b', 0.2), planned('c', 0.4), planned('d', 0.8)],
    nodes: [],
    forecast: { price: { low: 0.75, high: 1.5 }, seconds },
  } as unknown as Plan;
  const ended = (node: string, change: Partial<StepProgress>): [string, StepProgress] => [
    `${node}#0`,
    { step: `${node}#0`, node, state: 'finished', price: 0, ...change },
  ];
  const failure = { code: 'x', act: 'user', charge: 'none', message: 'Refused.' } as const;

  it('counts what was made and what is in doubt as charged at worst, not what was refused or never sent', () => {
    const steps = new Map([
      ended('a', {}),
      ended('b', { state: 'in-doubt', failure: { ...failure, charge: 'possible' } }),
      ended('c', { state: 'failed', failure }),
      ended('d', { state: 'skipped', because: 'c#0' }),
    ]);
    const report = rehearsalReport(plan, { steps }, { b: 'cut', c: 'moderation' });
    expect(report.worst).toBeCloseTo(0.3);
    expect(
      report.nodes.map(({ node, made, failed, inDoubt, skipped }) => [node, made, failed, inDoubt, skipped]),
    ).toEqual([
      ['a', 1, 0, 0, 0],
      ['b', 0, 0, 1, 0],
      ['c', 0, 1, 0, 0],
      ['d', 0, 0, 0, 1],
    ]);
    expect(report.nodes[1]).toMatchObject({ fault: 'cut' });
    expect(report.nodes[2]?.failures).toEqual([failure]);
  });
});
