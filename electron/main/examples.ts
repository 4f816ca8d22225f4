import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import type { OpenedWorkflow } from '#core/file-calls';
import { fileRefSchema } from '#core/param';
import { exampleIn } from '#core/words/example-words';
import type { Language } from '#core/words/words';
import { hashOf, nameOf } from './workflow-files';

/** Of an example, what its name in the list, its notes and its pictures are known from. */
const exampleSchema = z.looseObject({
  title: z.string(),
  nodes: z.record(
    z.string(),
    z.looseObject({
      type: z.string().optional(),
      title: z.string().optional(),
      params: z.record(z.string(), z.unknown()),
    }),
  ),
});

export interface Examples {
  list(): Promise<{ name: string; title: string }[]>;
  /** The workflow file of one, its titles and notes in the language. */
  text(name: string): Promise<string>;
  /** An example has no path: it has to be saved under a name. */
  open(name: string): Promise<OpenedWorkflow>;
  /** What a person sees who has never opened anything. */
  first(): Promise<OpenedWorkflow | undefined>;
}

const firstExample = 'first-picture';

/**
 * The workflow files that come with Seedloom. `takeIn` puts a picture file into the picture store: an example that is
 * opened has no folder, so its pictures are found by their hash only. Titles and notes are in the `language`.
 */
export function createExamples(
  folder: string,
  takeIn: (file: string) => Promise<unknown>,
  language: () => Language = () => 'en',
): Examples {
  async function textOf(name: string): Promise<string> {
    const text = await readFile(join(folder, `${name}.seedloom`), 'utf8');
    if (language() === 'en') return text;
    return JSON.stringify(exampleIn(exampleSchema.parse(JSON.parse(text)), language()));
  }

  async function list() {
    const files = await readdir(folder).catch(() => []);
    const read = files
      .filter((file) => file.endsWith('.seedloom'))
      .map(async (file) => {
        const name = nameOf(file);
        return { name, title: exampleSchema.parse(JSON.parse(await textOf(name))).title };
      });
    const settled = await Promise.allSettled(read);
    return settled
      .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      .sort((left, right) => left.title.localeCompare(right.title, language()));
  }

  async function read(name: string): Promise<OpenedWorkflow> {
    const text = await textOf(name);
    const pictures = Object.values(exampleSchema.parse(JSON.parse(text)).nodes)
      .flatMap(({ params }) => Object.values(params))
      .flatMap((value) => {
        const path = fileRefSchema.safeParse(value).data?.path;
        return path === undefined || isAbsolute(path) ? [] : [join(folder, path)];
      });
    // One that cannot be taken in is named by the plan, at its node.
    await Promise.allSettled(pictures.map((picture) => takeIn(picture)));
    return { path: null, name, text, seen: hashOf(Buffer.from(text)) };
  }

  return {
    list,
    text: textOf,
    async open(name) {
      const known = (await list()).some((example) => example.name === name);
      if (!known) throw new FailureError(userFailure('unknown-example', `There is no example "${name}".`));
      return read(name);
    },
    // Without it the window opens empty.
    first: () => read(firstExample).catch(() => undefined),
  };
}
