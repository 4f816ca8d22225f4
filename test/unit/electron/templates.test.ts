import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packNodes } from '#core/document/pack';
import { catalogueOf } from '#core/document/subgraph';
import { createTemplates } from '../../../electron/main/templates';
import { small, smallNodes } from '#test/kit/small-catalogue';
import { temporaryFolder } from './temporary-folder';

it('says of a template with a paid node inside a subgraph that it is not free, and keeps no path of it', async () => {
  const folder = await temporaryFolder();
  const templates = createTemplates({
    dataFolder: folder,
    examplesFolder: folder,
    examples: {
      list: async () => [],
      text: () => Promise.reject(new Error('none')),
      open: () => Promise.reject(new Error('none')),
      first: async () => undefined,
    },
    nodes: smallNodes,
    isFree: (route) => !route.startsWith('shop/'),
    preview: async () => undefined,
  });
  const file = { name: 'a.png', path: '/home/me/secret/a.png', hash: 'a'.repeat(64) };
  const flat = small(
    [
      ['source', 'picture', { file }],
      ['change', 'change'],
    ],
    ['source.image > change.images'],
  );
  const packed = packNodes(flat, ['source', 'change'], catalogueOf(flat, smallNodes), 'Look');
  if ('refused' in packed) throw new Error(packed.refused);
  expect(await templates.save(packed.document, 'Mine', null)).toMatchObject({ free: false });
  const [name = ''] = readdirSync(join(folder, 'templates'));
  const text = readFileSync(join(folder, 'templates', name), 'utf8');
  expect(text).toContain('a.png');
  expect(text).not.toContain('secret');
});

it('every example has a small preview beside it', () => {
  const examples = new URL('../../../examples/', import.meta.url);
  const named = (folder: URL, ending: string) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length));
  const previews = new URL('previews/', examples);
  expect(named(previews, '.webp').sort()).toEqual(named(examples, '.seedloom').sort());
  for (const name of named(previews, '.webp'))
    expect(readFileSync(new URL(`${name}.webp`, previews)).byteLength).toBeLessThan(30 * 1024);
});
