import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import type { OpenedWorkflow } from '#core/file-calls';
import { fileRefSchema } from '#core/param';
import { hashOf, nameOf } from './workflow-files';

/** Of an example, what its name in the list and its pictures are known from. */
const exampleSchema = z.object({
  title: z.string(),
  nodes: z.record(z.string(), z.object({ params: z.record(z.string(), z.unknown()) })),
});

export interface Examples {
  list(): Promise<{ name: string; title: string }[]>;
  /** An example has no path: it has to be saved under a name. */
  open(name: string): Promise<OpenedWorkflow>;
  /** What a person sees who has never opened anything. */
  first(): Promise<OpenedWorkflow | undefined>;
}

const firstExample = 'first-picture';

/**
 * The workflow files that come with Seedloom. `takeIn` puts a picture file into the picture store: an example that is
 * opened has no folder, so its pictures are found by their hash only.
 */
export function createExamples(folder: string, takeIn: (file: string) => Promise<unknown>): Examples {
  async function list() {
    const files = await readdir(folder).catch(() => []);
    const read = files
      .filter((file) => file.endsWith('.seedloom'))
      .map(async (file) => {
        const content = await readFile(join(folder, file), 'utf8');
        return { name: nameOf(file), title: exampleSchema.parse(JSON.parse(content)).title };
      });
    const settled = await Promise.allSettled(read);
    return settled
      .flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      .sort((left, right) => left.title.localeCompare(right.title, 'en'));
  }

  async function read(name: string): Promise<OpenedWorkflow> {
    const bytes = await readFile(join(folder, `${name}.seedloom`));
    const text = bytes.toString('utf8');
    const pictures = Object.values(exampleSchema.parse(JSON.parse(text)).nodes)
      .flatMap(({ params }) => Object.values(params))
      .flatMap((value) => {
        const path = fileRefSchema.safeParse(value).data?.path;
        return path === undefined || isAbsolute(path) ? [] : [join(folder, path)];
      });
    // One that cannot be taken in is named by the plan, at its node.
    await Promise.allSettled(pictures.map((picture) => takeIn(picture)));
    return { path: null, name, text, seen: hashOf(bytes) };
  }

  return {
    list,
    async open(name) {
      const known = (await list()).some((example) => example.name === name);
      if (!known) throw new FailureError(userFailure('unknown-example', `There is no example "${name}".`));
      return read(name);
    },
    // Without it the window opens empty.
    first: () => read(firstExample).catch(() => undefined),
  };
}
