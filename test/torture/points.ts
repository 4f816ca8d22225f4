import { writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { sep } from 'node:path';
import type { Provider, ProviderTools } from '#core/provider';
import { Store } from '#engine/store/store';
import type { Word } from './order';

/** Written at once: what was said before the process is killed is heard. */
export function sayAtOnce(word: Word): void {
  const line = Buffer.from(`${JSON.stringify(word)}\n`);
  for (let sent = 0; sent < line.length;) {
    try {
      sent += writeSync(1, line, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

/** Called at each moment with its name; may not return. */
export type Pass = (name: string) => void;

/** The moments a process passes, each with a name of its own; at one of them it may kill itself. */
export class Points {
  readonly #passed = new Map<string, number>();

  constructor(private readonly killAt: string | undefined) {}

  pass(name: string): void {
    const point = this.#named(name);
    this.#passed.set(name, (this.#passed.get(name) ?? 0) + 1);
    sayAtOnce({ type: 'point', point });
    if (point === this.killAt) process.kill(process.pid, 'SIGKILL');
  }

  /** Whether the next time it passes this moment is its last. */
  isLast(name: string): boolean {
    return this.#named(name) === this.killAt;
  }

  #named(name: string): string {
    const times = (this.#passed.get(name) ?? 0) + 1;
    return times === 1 ? name : `${name} (${times})`;
  }
}

/** A provider whose calls are moments. */
export function pointedProvider(provider: Provider, pass: Pass): Provider {
  const around = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    pass(`before ${name}`);
    const value = await work();
    pass(`after ${name}`);
    return value;
  };
  const pointedTools = (tools: ProviderTools, where: string): ProviderTools => ({
    ...tools,
    ask: (request) => around(`${where}: ask ${request.method}`, () => tools.ask(request)),
    spend: (request, onEvent) => around(`${where}: spend`, () => tools.spend(request, onEvent)),
  });
  const { check } = provider;
  return {
    ...provider,
    submit: (task, tools) => {
      const name = `submit ${'prompt' in task ? `${task.kind} ${task.prompt}` : task.kind}`;
      return around(name, () => provider.submit(task, pointedTools(tools, name)));
    },
    ...(check === undefined
      ? {}
      : {
          check: (job, tools) =>
            around(`check at ${provider.id}`, () => check(job, pointedTools(tools, 'check'))),
        }),
  };
}

/** Every change of the store, before and after it is committed and flushed. */
export function pointStore(points: Points): void {
  const { together, flushed } = Store.prototype;
  Store.prototype.together = async function pointedTogether<T>(this: Store, changes: () => T): Promise<T> {
    points.pass('store: before a change');
    const value = (await together.call(this, changes)) as T;
    points.pass('store: after a change');
    return value;
  };
  Store.prototype.flushed = async function pointedFlushed(this: Store): Promise<void> {
    await flushed.call(this);
    points.pass('store: on the disk');
  };
}

/** Every file written below `folders`: made, half written, written, synced, before and after it has its name. */
export function pointFiles(folders: readonly string[], points: Points): void {
  const isOurs = (path: unknown) =>
    typeof path === 'string' && folders.some((folder) => path.startsWith(`${folder}${sep}`));
  const { open, rename, copyFile, link } = fs;
  fs.open = async (path, flags, mode) => {
    const handle = await open(path, flags, mode);
    if (!isOurs(path) || flags === 'r') return handle;
    if (flags === 'wx') points.pass('file: made');
    const { writeFile, sync } = handle;
    handle.writeFile = async (data, options) => {
      if (points.isLast('file: half written')) {
        const bytes = data as Uint8Array;
        await handle.write(bytes, 0, Math.floor(bytes.byteLength / 2));
      }
      points.pass('file: half written');
      await writeFile.call(handle, data, options);
      points.pass('file: written');
    };
    handle.sync = async () => {
      await sync.call(handle);
      points.pass('file: synced');
    };
    return handle;
  };
  fs.rename = async (from, to) => {
    if (isOurs(to)) points.pass('file: before its name');
    await rename(from, to);
    if (isOurs(to)) points.pass('file: after its name');
  };
  fs.link = async (from, to) => {
    if (isOurs(to)) points.pass('file: before it is linked');
    await link(from, to);
    if (isOurs(to)) points.pass('file: linked');
  };
  fs.copyFile = async (from, to, mode) => {
    if (!isOurs(to)) return copyFile(from, to, mode);
    if (points.isLast('file: half copied')) {
      const bytes = await fs.readFile(from);
      await fs.writeFile(to, bytes.subarray(0, Math.floor(bytes.byteLength / 2)), { flag: 'wx' });
    }
    points.pass('file: half copied');
    await copyFile(from, to, mode);
    points.pass('file: copied');
  };
  syncBuiltinESMExports();
}
