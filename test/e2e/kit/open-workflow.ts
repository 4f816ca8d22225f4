import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode, setParam, setRoute } from '#core/document/edit';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { launchApp, makeHome, type TestApp } from './app';
import { editorOf } from './editor';

export type NodeRow = readonly [id: string, type: string, params: Record<string, unknown>];

/** A workflow from rows of nodes and wires as `"a.image > b.image"`; `route` is that of every Generate. */
export function workflow(
  rows: readonly NodeRow[],
  wires: readonly string[],
  route?: string,
): WorkflowDocument {
  let document = createDocument('edited-here', 'Edited here');
  rows.forEach(([id, type, params], index) => {
    document = addNode(document, id, newNode(nodes.get(type)!), [index * 340, 0]);
    for (const [name, value] of Object.entries(params))
      document = setParam(document, id, name, value as never);
    if (route !== undefined && type === 'generate') document = setRoute(document, id, route);
  });
  for (const wire of wires) {
    const [from = '', to = ''] = wire.split(' > ');
    document = connect(document, { from, to }, { replace: false });
  }
  return document;
}

/** The app with a workflow of its own, in a file; `recipes` are files of the person's own, by name. */
export async function open(
  document: WorkflowDocument,
  options: Parameters<typeof launchApp>[0] & { recipes?: Readonly<Record<string, string>> } = {},
) {
  const home = await makeHome();
  onTestFinished(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
  for (const [name, text] of Object.entries(options.recipes ?? {})) {
    await mkdir(join(home, 'recipes'), { recursive: true });
    await writeFile(join(home, 'recipes', name), text);
  }
  const file = join(home, 'work.seedloom');
  await writeFile(file, serializeDocument(document));
  const test = await launchApp({ ...options, home, arguments: [file] });
  const editor = editorOf(test);
  await editor.ready();
  /** Saves it and reads what was written. */
  const saved = async () => {
    await test.page.keyboard.press('Control+s');
    await editor.edited.waitFor({ state: 'detached' });
    return JSON.parse(await readFile(file, 'utf8')) as WorkflowDocument;
  };
  return { test, editor, home, saved };
}

/** Ends a test whose changes nobody wants. `pods`: one is running, and is left so. */
export async function leave(test: TestApp, { pods = false } = {}): Promise<void> {
  await test.answerDialogs(pods ? { message: [1] } : {});
  await test.close();
}
