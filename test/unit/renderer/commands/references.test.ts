import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode } from '#core/document/edit';
import type { Bridge } from '#core/ipc';
import type { ImageRef } from '#core/values';
import { nodes } from '#nodes/catalogue';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { dragOut } from '../../../../renderer/commands/gallery';
import { dropReferences, freePlace, pasteReferences } from '../../../../renderer/commands/references';
import { openInTab } from '../../../../renderer/commands/tabs';
import { originOf } from '../../../../renderer/fields/use-shelf';
import { sourcesOf } from '../../../../renderer/panels/shelf-order';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const image = (hash: string): ImageRef => ({ hash, format: 'png', width: 8, height: 8, bytes: 9 });
const to = { node: 'together', port: 'references' };
const file = (name: string) => new File([name], name);
const onShelf = () => sourcesOf(documentStore.getState().document, 'together.references');
const titles = () =>
  onShelf().map((source) => originOf(documentStore.getState().document, nodes, source).title);
/** What the clipboard holds; `null` is no picture. */
let clipboard: string | null = null;

beforeEach(() => {
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue: nodes });
  clipboard = null;
  const answers: Record<string, (input: { files: string[] }) => unknown> = {
    'picture.import': ({ files }) =>
      files.map((path) => ({ file: { name: path.slice(1), path }, image: image(path.slice(1, 2)) })),
    'picture.paste': () =>
      clipboard === null ? null : { file: { name: clipboard, hash: 'c' }, image: image('c') },
    'pictures.dragOut': () => null,
  };
  const bridge: Pick<Bridge, 'call' | 'pathOfFile'> = {
    call: vi.fn((name: string, input: never) =>
      Promise.resolve({ ok: true, value: answers[name]?.(input) }),
    ) as never,
    pathOfFile: ({ name }) => `/${name}`,
  };
  connectBridge(bridge as Bridge);
  let document = createDocument('doc', 'Together');
  for (const [id, type] of [
    ['made', 'generate'],
    ['together', 'multi-reference'],
    ['after', 'upscale'],
  ] as const)
    document = addNode(document, id, newNode(nodes.get(type)!), [0, 0]);
  document = connect(document, { from: 'together.image', to: 'after.image' }, { replace: true });
  openInTab(document, nameless);
});

describe('the reference shelf', () => {
  it('takes dropped files in their order, as one step to undo, and names them by their files', async () => {
    await dropReferences([file('a.png'), file('b.png')], to);
    expect(titles()).toEqual(['a.png', 'b.png']);
    documentStore.actions.undo();
    expect(onShelf()).toEqual([]);
  });

  it("wires a card whose picture is dropped, and takes a picture of its own where that would be a loop or isn't all", async () => {
    const drop = async (node: string, hashes: string[]) => {
      runStore.setState({ outputs: new Map([[node, { image: hashes.map(image) }]]) });
      await dragOut([{ hash: 'a', name: 'a' }], node);
      await dropReferences([file('a.png')], to);
    };
    await drop('made', ['a']);
    expect(onShelf()).toEqual(['made.image']);
    expect(originOf(documentStore.getState().document, nodes, 'made.image')).toEqual({
      title: 'Generate',
      isFile: false,
    });
    // The same again is there already.
    await drop('made', ['a']);
    expect(onShelf()).toEqual(['made.image']);
    await drop('made', ['a', 'b']);
    await drop('after', ['a']);
    expect(titles()).toEqual(['Generate', 'a.png', 'a.png']);
    // A file of the desktop is a file, whatever was dragged before.
    documentStore.actions.disconnect([{ from: 'made.image', to: 'together.references' }]);
    runStore.setState({ outputs: new Map([['made', { image: [image('a')] }]]) });
    await dropReferences([file('a.png')], to);
    expect(titles()).toEqual(['a.png', 'a.png', 'a.png']);
  });

  it('lays the cards of pictures on no others', async () => {
    expect(freePlace({ layout: {} }, [10, 20])).toEqual([10, 20]);
    expect(freePlace({ layout: { a: [0, 0], b: [600, 0], c: [0, 800] } }, [10, 20])).toEqual([10, 1420]);
    await dropReferences([file('a.png'), file('b.png')], to);
    const places = onShelf().map(
      (source) => documentStore.getState().document.layout[source.split('.')[0] ?? '']!,
    );
    expect(Math.abs(places[0]![1] - places[1]![1])).toBeGreaterThan(400);
  });

  it('takes pasted files, else the picture on the clipboard, else nothing', async () => {
    clipboard = 'Pasted';
    await pasteReferences([file('d.png')], to);
    await pasteReferences([], to);
    expect(titles()).toEqual(['d.png', 'Pasted']);
    clipboard = null;
    await pasteReferences([], to);
    expect(onShelf()).toHaveLength(2);
  });
});
