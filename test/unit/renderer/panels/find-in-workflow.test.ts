import { describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import type { DocumentNode, WorkflowDocument } from '#core/document/schema';
import { nodes as catalogue } from '#nodes/catalogue';
import { findInWorkflow } from '../../../../renderer/panels/find-in-workflow';

const node = (type: string, params: DocumentNode['params'] = {}, more: Partial<DocumentNode> = {}) => ({
  type,
  version: 1,
  params,
  ...more,
});

const workflow: WorkflowDocument = {
  ...createDocument('w'),
  nodes: {
    words: node('prompt', { text: 'A brass kettle on a wooden table, morning light' }),
    base: node('generate', { size: { width: 2048, height: 1536 } }, { title: 'Base kettle' }),
    shot: node('generate', {}, { route: 'fal/seedream-4.5' }),
    'kept-1': node('image', { file: { name: 'bottle.jpg', path: 'pictures/bottle.jpg' } }),
    odd: node('not-here', { secretWord: 'zebra' }),
  },
  groups: { g: { title: 'Finals', nodes: ['shot'] } },
};
const found = (typed: string) => findInWorkflow(workflow, catalogue, typed).map(({ id }) => id);

describe('findInWorkflow', () => {
  it('finds prompts, titles, kinds, values, files, routes, groups and ids', () => {
    expect(found('wooden')).toEqual(['words']);
    expect(found('base')).toEqual(['base']);
    expect(found('generate')).toEqual(['shot', 'base']);
    expect(found('2048 × 1536')).toEqual(['base']);
    expect(found('bottle')).toEqual(['kept-1']);
    expect(found('seedream')).toEqual(['shot']);
    expect(found('finals')).toEqual(['shot']);
    expect(found('kept-1')).toEqual(['kept-1']);
    expect(found('zebra')).toEqual(['odd']);
  });
  it('puts titles before prompts', () => expect(found('KETTLE')).toEqual(['base', 'words']));
  it('wants every word, wherever each of them stands', () => {
    expect(found('kettle light')).toEqual(['words']);
    expect(found('fal finals')).toEqual(['shot']);
    expect(found('kettle finals')).toEqual([]);
  });
  it('finds nothing for nothing', () => expect(found('   ')).toEqual([]));
  it('shows the text around the match, as it is written', () => {
    const [{ before, match, after, where } = { before: '', match: '', after: '', where: '' }] =
      findInWorkflow(workflow, catalogue, 'WOODEN table');
    expect({ before, match, after, where }).toEqual({
      where: 'Text',
      before: 'A brass kettle on a ',
      match: 'wooden table',
      after: ', morning light',
    });
  });
  it('cuts a long text at both ends', () => {
    const long = {
      ...workflow,
      nodes: { words: node('prompt', { text: `${'a '.repeat(200)}needle${' b'.repeat(200)}` }) },
    };
    const [one] = findInWorkflow(long, catalogue, 'needle');
    expect(one?.before.startsWith('…')).toBe(true);
    expect(one?.after.endsWith('…')).toBe(true);
    expect((one?.before.length ?? 0) + (one?.after.length ?? 0)).toBeLessThan(200);
  });
});
