import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { everyNode, withEveryNode } from '#core/document/every-node';
import { parseDocument } from '#core/document/parse';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { FailureError, userFailure } from '#core/failure';
import type { OpenedWorkflow, Template } from '#core/file-calls';
import type { NodeCatalogue } from '#core/node';
import { fileRefSchema } from '#core/param';
import { taskKindOf } from '#core/plan/route';
import type { Examples } from './examples';
import { hashOf } from './workflow-files';

export interface Templates {
  /** Examples first, then the person's own, each by title. */
  list(): Promise<Template[]>;
  /** A new workflow, in no file. Throws a `FailureError` (`no-template`). */
  open(id: string): Promise<OpenedWorkflow>;
  save(document: WorkflowDocument, title: string, picture: string | null): Promise<Template>;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
}

const ownPattern = /^own\/([0-9a-f-]{36})$/;
/** A larger one is no preview. */
const mostPictureBytes = 512 * 1024;

/**
 * Workflows to begin with: the examples, and the person's own in `templates/` of the data folder, each a workflow file
 * with a picture of the same name beside it.
 */
export function createTemplates(options: {
  dataFolder: string;
  examplesFolder: string;
  examples: Examples;
  nodes: NodeCatalogue;
  isFree(route: string): boolean;
  /** A small picture of a stored one, as WebP. */
  preview(hash: string): Promise<Uint8Array | undefined>;
}): Templates {
  const { examples, examplesFolder, nodes } = options;
  const folder = join(options.dataFolder, 'templates');

  function fileOf(id: string): string {
    const name = ownPattern.exec(id)?.[1];
    if (name === undefined) throw gone();
    return join(folder, name);
  }

  async function read(path: string): Promise<WorkflowDocument | undefined> {
    return documentOf(readFile(path, 'utf8'));
  }

  async function documentOf(reading: Promise<string>): Promise<WorkflowDocument | undefined> {
    const text = await reading.catch(() => undefined);
    const parsed = text === undefined ? undefined : parseDocument(text, nodes);
    return parsed?.ok === true ? parsed.document : undefined;
  }

  async function describe(
    id: string,
    own: boolean,
    document: WorkflowDocument,
    picture: string,
  ): Promise<Template> {
    const bytes = await readFile(picture).catch(() => undefined);
    return {
      id,
      own,
      title: document.title,
      about: firstLine(document),
      free: routesOf(document, nodes).every(options.isFree),
      nodes: Object.keys(document.nodes).length,
      picture:
        bytes === undefined || bytes.length > mostPictureBytes
          ? null
          : `data:image/webp;base64,${bytes.toString('base64')}`,
    };
  }

  async function listExamples(): Promise<Template[]> {
    const described = (await examples.list()).map(async ({ name }) => {
      const document = await documentOf(examples.text(name));
      const picture = join(examplesFolder, 'previews', `${name}.webp`);
      return document === undefined ? [] : [await describe(`example/${name}`, false, document, picture)];
    });
    return (await Promise.all(described)).flat();
  }

  async function listOwn(): Promise<Template[]> {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.seedloom'));
    const described = names.map(async (name) => {
      const id = `own/${name.replace(/\.seedloom$/, '')}`;
      const document = ownPattern.test(id) ? await read(join(folder, name)) : undefined;
      return document === undefined ? [] : [await describe(id, true, document, `${fileOf(id)}.webp`)];
    });
    return (await Promise.all(described))
      .flat()
      .sort((left, right) => left.title.localeCompare(right.title, 'en'));
  }

  async function write(id: string, document: WorkflowDocument): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFileAtomic(`${fileOf(id)}.seedloom`, serializeDocument(document));
  }

  return {
    list: async () => [...(await listExamples()), ...(await listOwn())],

    async open(id) {
      const example = /^example\/(.+)$/.exec(id)?.[1];
      if (example !== undefined) return examples.open(example);
      const document = await read(`${fileOf(id)}.seedloom`);
      if (document === undefined) throw gone();
      const text = serializeDocument(document);
      return { path: null, name: document.title, text, seen: hashOf(Buffer.from(text)) };
    },

    async save(document, title, picture) {
      const id = `own/${randomUUID()}`;
      const kept = withoutPaths({ ...document, id: randomUUID(), title });
      await write(id, kept);
      const bytes = picture === null ? undefined : await options.preview(picture).catch(() => undefined);
      if (bytes !== undefined) await writeFileAtomic(`${fileOf(id)}.webp`, Buffer.from(bytes));
      return describe(id, true, kept, `${fileOf(id)}.webp`);
    },

    async rename(id, title) {
      const document = await read(`${fileOf(id)}.seedloom`);
      if (document === undefined) throw gone();
      await write(id, { ...document, title });
    },

    async remove(id) {
      const file = fileOf(id);
      await rm(`${file}.seedloom`, { force: true });
      await rm(`${file}.webp`, { force: true });
    },
  };
}

/** A template is in no folder: its pictures are found by their content. */
function withoutPaths(document: WorkflowDocument): WorkflowDocument {
  return withEveryNode(document, (node) => {
    const params = Object.entries(node.params).map(([name, value]) => {
      const ref = fileRefSchema.safeParse(value);
      if (!ref.success || ref.data.hash === undefined) return [name, value] as const;
      return [name, { name: ref.data.name, hash: ref.data.hash }] as const;
    });
    return { ...node, params: Object.fromEntries(params) };
  });
}

/** The first sentence of what the workflow's note says; of a very short one the next too. */
function firstLine(document: WorkflowDocument): string {
  const note = Object.values(document.nodes).find(({ type }) => type === 'note');
  const text = note?.params['text'];
  return typeof text === 'string' ? (/^.{20,}?[.!?](?=\s|$)|^.*/.exec(text.trim())?.[0] ?? '') : '';
}

function routesOf(document: WorkflowDocument, nodes: NodeCatalogue): string[] {
  return everyNode(document).flatMap((node) => {
    const definition = nodes.get(node.type);
    const kind = definition === undefined ? undefined : taskKindOf(definition);
    return kind === undefined ? [] : [node.route ?? document.routes[kind] ?? ''];
  });
}

function gone(): FailureError {
  return new FailureError(userFailure('no-template', 'This template is not there any more.'));
}
