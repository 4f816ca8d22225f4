import type { WorkflowDocument } from '#core/document/schema';
import { small } from '#test/kit/small-catalogue';

export interface TortureWorkflow {
  document: WorkflowDocument;
  /** Its paid steps, and how the shop knows each: every one of them may be charged once. */
  paid: Readonly<Record<string, string>>;
  /** How many files it writes. */
  files: number;
}

function onSecondRoute(document: WorkflowDocument, nodes: readonly string[]): WorkflowDocument {
  const changed = Object.fromEntries(
    nodes.map((id) => [id, { ...document.nodes[id]!, route: 'second/one' }]),
  );
  return { ...document, nodes: { ...document.nodes, ...changed } };
}

/** One paid step and one that writes a file. */
const single: TortureWorkflow = {
  document: small(
    [
      ['make', 'make', { prompt: 'a cat' }],
      ['write', 'write', { name: 'cat' }],
    ],
    ['make.image > write.image'],
  ),
  paid: { 'make#0': 'generate a cat' },
  files: 1,
};

/** Two paid steps one after the other on two routes, then two steps on this computer. */
const chain: TortureWorkflow = {
  document: onSecondRoute(
    small(
      [
        ['make', 'make', { prompt: 'a cat' }],
        ['change', 'change', { prompt: 'a blue cat' }],
        ['shrink', 'shrink'],
        ['write', 'write', { name: 'cat' }],
      ],
      ['make.image > change.images', 'change.image > shrink.image', 'shrink.image > write.image'],
    ),
    ['change'],
  ),
  paid: { 'make#0': 'generate a cat', 'change#0': 'edit a blue cat' },
  files: 1,
};

/** Two prompts fan out through two paid nodes; a poster takes both; a side branch goes its own way on a second route. */
const fan: TortureWorkflow = {
  document: onSecondRoute(
    small(
      [
        ['words', 'words', { lines: 'a fox\nan owl' }],
        ['make', 'make'],
        ['change', 'change'],
        ['shrink', 'shrink'],
        ['write', 'write', { name: 'animal' }],
        ['poster', 'change', { prompt: 'a poster' }],
        ['side', 'make', { prompt: 'a side' }],
        ['wide', 'shrink'],
      ],
      [
        'words.text > make.prompt',
        'words.text > change.prompt',
        'make.image > change.images',
        'change.image > shrink.image',
        'shrink.image > write.image',
        'make.image > poster.images',
        'side.image > wide.image',
      ],
    ),
    ['poster', 'side'],
  ),
  paid: {
    'make#0': 'generate a fox',
    'make#1': 'generate an owl',
    'change#0': 'edit a fox',
    'change#1': 'edit an owl',
    'poster#0': 'edit a poster',
    'side#0': 'generate a side',
  },
  files: 2,
};

export const workflows = { single, chain, fan } satisfies Record<string, TortureWorkflow>;
export type WorkflowName = keyof typeof workflows;
