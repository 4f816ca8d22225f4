import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderOf, withPathsBelow, withWholePaths } from '#core/document/file-paths';
import type { DocumentNode, Subgraph } from '#core/document/schema';
import { subgraphType } from '#core/document/subgraph';
import type { NodeCatalogue } from '#core/node';
import image from '../../../../nodes/image.node';
import imageFolder from '../../../../nodes/image-folder.node';
import prompt from '../../../../nodes/prompt.node';

const catalogue: NodeCatalogue = new Map(
  [image, imageFolder, prompt].map((definition) => [definition.type, definition]),
);
const paramOf = (definition: typeof image, kind: string) =>
  Object.entries(definition.params).find(([, { field }]) => field.kind === kind)![0];
const [file, folder] = [paramOf(image, 'image-file'), paramOf(imageFolder, 'folder')];

/** A subgraph with a picture, a folder and a text inside, another with an instance of it that has its own picture. */
const partWith = (path: string) => ({
  nodes: {},
  subgraphs: {
    look: {
      title: 'Look',
      inputs: [],
      outputs: [],
      params: [{ name: 'photo', param: `img.${file}` }],
      nodes: {
        img: { type: 'image', version: 1, params: { [file]: { name: 'a.png', path, hash: 'f'.repeat(64) } } },
        all: { type: 'image-folder', version: 1, params: { [folder]: { path } } },
        words: { type: 'prompt', version: 2, params: { text: path } },
      },
      edges: [],
      layout: {},
    } as Subgraph,
    outer: {
      title: 'Outer',
      inputs: [],
      outputs: [],
      params: [],
      nodes: {
        in: { type: subgraphType('look'), version: 1, params: { photo: { name: 'a.png', path } } },
        bare: { type: 'image', version: 1, params: {} },
      } as Record<string, DocumentNode>,
      edges: [],
      layout: {},
    } as Subgraph,
  },
});
const pathsIn = ({ subgraphs: { look, outer } }: ReturnType<typeof partWith>) =>
  [
    look.nodes['img']!.params[file],
    look.nodes['all']!.params[folder],
    outer.nodes['in']!.params['photo'],
  ].map((value) => (value as { path: string }).path);

describe('pictures of a part that goes to another workflow', () => {
  it('are named whole on their way out and relative again below the same folder, at every depth', () => {
    const out = withWholePaths(partWith('pictures/a.png'), catalogue, '/home/ann/cats');
    expect(pathsIn(out)).toEqual(Array(3).fill('/home/ann/cats/pictures/a.png'));
    expect(out.subgraphs.look.nodes['words']?.params).toEqual({ text: 'pictures/a.png' });
    expect(pathsIn(withPathsBelow(out, catalogue, '/home/ann/cats'))).toEqual(
      Array(3).fill('pictures/a.png'),
    );
    expect(pathsIn(withPathsBelow(out, catalogue, '/home/ann'))).toEqual(
      Array(3).fill('cats/pictures/a.png'),
    );
    expect(pathsIn(withPathsBelow(out, catalogue, '/home/ann/cat'))).toEqual(pathsIn(out));
  });

  it('stay as they are of a workflow in no file, and into one', () => {
    expect(withWholePaths(partWith('a.png'), catalogue, null)).toEqual(partWith('a.png'));
    expect(withPathsBelow(partWith('/x/a.png'), catalogue, null)).toEqual(partWith('/x/a.png'));
  });

  it.each([
    ['posix', posix, '/'],
    ['win32', win32, 'C:\\'],
  ] as const)('mean the same file wherever they are used (%s)', (_name, path, root) => {
    const name = fc.constantFrom('a', 'b', 'ä c', '.d');
    const place = fc.array(name, { maxLength: 3 }).map((names) => `${root}${names.join(path.sep)}`);
    const relative = fc
      .tuple(fc.array(fc.constant('..'), { maxLength: 4 }), fc.array(name, { minLength: 1, maxLength: 3 }))
      .map(([up, down]) => [...up, ...down].join('/'));
    fc.assert(
      fc.property(place, place, relative, (from, to, one) => {
        const out = withWholePaths(partWith(one), catalogue, from);
        expect(pathsIn(out)).toEqual(Array(3).fill(path.resolve(from, one)));
        const [used] = pathsIn(withPathsBelow(out, catalogue, to));
        expect(path.resolve(to, used!)).toBe(path.resolve(from, one));
        const isBelow = !path.relative(to, path.resolve(from, one)).startsWith('..');
        expect(path.isAbsolute(used!)).toBe(!isBelow);
      }),
    );
  });

  it.each(['/home/ann/cats.seedloom', '/cats.seedloom'])('the folder of %s', (one) => {
    expect(folderOf(one)).toBe(posix.dirname(one));
  });

  it.each(['C:\\ann\\cats.seedloom', 'C:\\cats.seedloom', '\\\\nas\\share\\cats.seedloom'])(
    'the folder of %s',
    (one) => {
      expect(folderOf(one).replace(/\\$/, '')).toBe(win32.dirname(one).replace(/\\$/, ''));
    },
  );
});
