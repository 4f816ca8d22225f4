import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, removeNodes, setTitle } from '#core/document/edit';
import {
  editExposed,
  editForm,
  exposeParam,
  formFields,
  isExposed,
  moveExposed,
  shownResults,
  unexposeParam,
} from '#core/document/edit-exposed';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';

function workflow(): WorkflowDocument {
  let document = createDocument('doc', 'Cats');
  for (const type of ['prompt', 'generate', 'upscale', 'save'])
    document = addNode(document, type, newNode(nodes.get(type)!), [0, 0]);
  document = connect(document, { from: 'generate.image', to: 'upscale.image' }, { replace: true });
  return connect(document, { from: 'upscale.image', to: 'save.image' }, { replace: true });
}

const params = ['prompt.text', 'generate.size', 'generate.count', 'upscale.factor'];
const exposed = (document: WorkflowDocument) => document.exposed?.map(({ param }) => param) ?? [];
const all = () => params.reduce(exposeParam, workflow());

describe('the params on the form', () => {
  it('are put on it once, and taken off without a trace', () => {
    const document = exposeParam(exposeParam(workflow(), 'prompt.text'), 'prompt.text');
    expect(exposed(document)).toEqual(['prompt.text']);
    expect(unexposeParam(document, 'prompt.text')).toEqual(workflow());
  });
  it('go with their node and stay when it is renamed', () => {
    expect(exposed(removeNodes(all(), new Set(['generate'])))).toEqual(['prompt.text', 'upscale.factor']);
    expect(exposed(setTitle(all(), 'generate', 'Draw'))).toEqual(params);
  });
  it('have words of their own, which may be taken back', () => {
    const named = editExposed(all(), 'prompt.text', {
      label: 'What to draw',
      hint: 'In a few words',
      heading: 'Idea',
    });
    const [field] = formFields(named, nodes);
    expect(field).toMatchObject({ node: 'prompt', name: 'text', heading: 'Idea' });
    expect(field?.spec).toMatchObject({ label: 'What to draw', hint: 'In a few words' });
    expect(editExposed(named, 'prompt.text', { label: '', hint: '', heading: '' })).toEqual(all());
  });
  it('hand a heading on when the first of a section is taken off', () => {
    const named = editExposed(all(), 'prompt.text', { heading: 'Idea' });
    expect(unexposeParam(named, 'prompt.text').exposed?.[0]).toEqual({
      param: 'generate.size',
      heading: 'Idea',
    });
  });
  it('are moved without one being lost or doubled', () => {
    fc.assert(
      fc.property(fc.constantFrom(...params), fc.constantFrom(null, ...params), (moved, before) => {
        const after = exposed(moveExposed(all(), moved, before));
        expect([...after].sort()).toEqual([...params].sort());
        if (moved === before) expect(after).toEqual(params);
        else expect(after[after.indexOf(moved) + 1] ?? null).toBe(before);
      }),
    );
  });
  it('that are of nothing are no fields, and do no harm', () => {
    const odd = ['prompt.none', 'gone.text', 'no-dot', 'constructor.text'].reduce(exposeParam, all());
    expect(formFields(odd, nodes).map(({ param }) => param)).toEqual(
      params.filter((param) => isExposed(odd, param)),
    );
  });
});

describe('the form', () => {
  it('shows the last nodes that give pictures until others are chosen', () => {
    expect(shownResults(workflow(), nodes)).toEqual(['save']);
    const chosen = editForm(workflow(), { results: ['generate', 'gone'] });
    expect(shownResults(chosen, nodes)).toEqual(['generate']);
    expect(shownResults(removeNodes(chosen, new Set(['generate'])), nodes)).toEqual(['save']);
  });
  it('is saved in one order and read back the same', () => {
    const document = editForm(editExposed(all(), 'generate.count', { hint: 'How many', label: 'Pictures' }), {
      results: ['upscale'],
      description: 'Draws cats.',
      first: true,
    });
    const text = serializeDocument(document);
    const parsed = parseDocument(text, nodes);
    expect(parsed).toMatchObject({ ok: true });
    if (parsed.ok) expect(serializeDocument(parsed.document)).toBe(text);
    expect(text.indexOf('"first"')).toBeLessThan(text.indexOf('"results"'));
  });
  it('is gone from the file once nothing is left of it', () => {
    const document = editForm(workflow(), { first: true, description: 'x' });
    expect(editForm(document, { first: undefined, description: '' })).toEqual(workflow());
  });
});
