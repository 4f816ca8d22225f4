import { describe, expect, it } from 'vitest';
import { fittingNodes, fittingPort, portTypes, searchWords } from '../../../../renderer/panels/fitting-nodes';
import { catalogue, definitions } from './definitions';

const titles = (groups: ReturnType<typeof fittingNodes>) =>
  groups.flatMap(({ definitions: found }) => found.map(({ title }) => title));

describe('what fits a loose wire', () => {
  it('is everything without one, sources first', () =>
    expect(titles(fittingNodes(catalogue))).toEqual(['Prompt', 'Edit']));
  it('is what takes the type that comes out', () => {
    expect(titles(fittingNodes(catalogue, { type: 'image', side: 'output' }))).toEqual(['Edit']);
    expect(titles(fittingNodes(catalogue, { type: 'number', side: 'output' }))).toEqual([]);
  });
  it('is what gives the type that is waited for', () =>
    expect(titles(fittingNodes(catalogue, { type: 'text', side: 'input' }))).toEqual(['Prompt']));
  it('takes a required input before an optional one that stands earlier', () =>
    expect(fittingPort(definitions.edit, { type: 'image', side: 'output' })).toBe('images'));
});

describe('a node in the palette', () => {
  it('is found by keyword, group, type and summary', () =>
    expect(searchWords(definitions.prompt)).toEqual(['text', 'Sources', 'test prompt', 'Words.']));
  it('shows each type once', () =>
    expect(portTypes(definitions.edit)).toEqual({
      inputs: [
        { type: 'mask', many: false },
        { type: 'image', many: true },
        { type: 'text', many: false },
      ],
      outputs: [{ type: 'image', many: false }],
    }));
});
