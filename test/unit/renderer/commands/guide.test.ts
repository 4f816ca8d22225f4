import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import type { WorkflowDocument } from '#core/document/schema';
import { nodes as catalogue } from '#nodes/catalogue';
import { nextStep, promptNode } from '../../../../renderer/commands/guide';

const node = (type: string) => ({ type, version: 1, params: {} });
const workflow = (
  types: Record<string, string>,
  edges: WorkflowDocument['edges'] = [],
): WorkflowDocument => ({
  ...createDocument('w'),
  nodes: Object.fromEntries(Object.entries(types).map(([id, type]) => [id, node(type)])),
  edges,
});

describe('promptNode', () => {
  it('is the source of the words a model draws, not a note beside it', () =>
    expect(
      promptNode(
        workflow({ note: 'note', words: 'prompt', picture: 'generate' }, [
          { from: 'words.text', to: 'picture.prompt' },
        ]),
        catalogue,
      ),
    ).toBe('words'));
  it('is the model node where the words stand in it', () =>
    expect(promptNode(workflow({ note: 'note', picture: 'generate' }), catalogue)).toBe('picture'));
  it('is nothing where there is no model', () =>
    expect(promptNode(workflow({ note: 'note', odd: 'not-known' }), catalogue)).toBeUndefined());
});

describe('nextStep', () => {
  it('goes on with the first that was not taken, whatever the order', () => {
    expect(nextStep(new Set())).toBe('run');
    expect(nextStep(new Set(['run', 'route']))).toBe('change');
    expect(nextStep(new Set(['run', 'route', 'change', 'key']))).toBeUndefined();
  });
});
