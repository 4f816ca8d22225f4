import { createHash } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { FailureError, userFailure } from '#core/failure';
import { versionKinds, type FileVersion, type VersionKind, type VersionList } from '#core/file-version';
import { sidecarFolder } from './sidecar';
import { versionsToDrop } from './version-pruning';

export interface Versions {
  /** Keeps a state of the file at `path`, unless the newest version is that state already. Gives its id. */
  keep(path: string, text: string, kind: VersionKind): Promise<string>;
  list(path: string): Promise<VersionList>;
  /** Its text. Throws a `FailureError` (`no-version`) for one that is not there or is damaged. */
  read(path: string, id: string): Promise<string>;
}

/** `2026-11-21T16-25-00-123Z.saved.0123456789abcdef.json` */
const namePattern = new RegExp(
  String.raw`^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z)\.(${versionKinds.join('|')})\.([0-9a-f]{16})\.json$`,
);
const shape = z.object({ nodes: z.record(z.string(), z.unknown()) });

interface Named {
  id: string;
  at: string;
  kind: VersionKind;
  hash: string;
}

/**
 * Earlier states of workflow files. Those of `Bottle.seedloom` are in `.seedloom/Bottle.seedloom/` beside it, where that
 * cannot be written in the data folder. Each is a file of its own, named by its time and its content and written whole or
 * not at all: what a crash or a bad disk takes is one of them at most.
 */
export function createVersions(options: { dataFolder: string; now(): number }): Versions {
  const { dataFolder, now } = options;
  /** One after the other for each file. */
  const underWay = new Map<string, Promise<unknown>>();

  const places = (path: string) => [
    join(sidecarFolder(path), 'versions'),
    join(dataFolder, 'versions', `${basename(path)}-${shortHash(path)}`),
  ];

  async function namesIn(folder: string): Promise<Named[]> {
    const names = await readdir(folder).catch(() => []);
    return names.flatMap((name) => namedOf(name) ?? []);
  }

  async function write(path: string, text: string, kind: VersionKind): Promise<string> {
    const hash = shortHash(text);
    const [beside, inData] = places(path) as [string, string];
    try {
      return await writeIn(beside, text, hash, kind);
    } catch {
      // The file may lie where only it may be written, or not even that.
      return await writeIn(inData, text, hash, kind);
    }
  }

  async function writeIn(folder: string, text: string, hash: string, kind: VersionKind): Promise<string> {
    await mkdir(folder, { recursive: true });
    const known = (await namesIn(folder)).sort(newestFirst);
    const newest = known[0];
    // A clock that was set back must not bury what is newest.
    const at = Math.max(now(), newest === undefined ? 0 : Date.parse(newest.at) + 1);
    const id = nameOf({ at: new Date(at).toISOString(), kind, hash });
    if (newest?.hash === hash && (await isWhole(join(folder, newest.id), hash))) {
      if (newest.kind === kind || newest.kind === 'saved') return newest.id;
      await rename(join(folder, newest.id), join(folder, id));
      return id;
    }
    const alike = known.find((version) => version.hash === hash);
    const isLinked =
      alike !== undefined &&
      (await isWhole(join(folder, alike.id), hash)) &&
      (await link(join(folder, alike.id), join(folder, id)).then(
        () => true,
        () => false,
      ));
    if (!isLinked) await writeFileAtomic(join(folder, id), text);
    await prune(folder);
    return id;
  }

  async function prune(folder: string): Promise<void> {
    const { versions } = await readAll(folder);
    for (const id of versionsToDrop(versions, now())) await rm(join(folder, id), { force: true });
  }

  async function readAll(folder: string): Promise<{ versions: FileVersion[]; damaged: number }> {
    const versions: FileVersion[] = [];
    let damaged = 0;
    for (const { id, at, kind, hash } of await namesIn(folder)) {
      const bytes = await readFile(join(folder, id)).catch(() => undefined);
      const nodes = bytes === undefined ? undefined : nodesIn(bytes.toString('utf8'), hash);
      if (bytes === undefined || nodes === undefined) damaged += 1;
      else versions.push({ id, at, kind, bytes: bytes.byteLength, nodes });
    }
    return { versions: versions.sort(newestFirst), damaged };
  }

  return {
    keep(path, text, kind) {
      const before = underWay.get(path) ?? Promise.resolve();
      const kept = before.then(() => write(path, text, kind));
      const settled = kept.catch(() => undefined);
      underWay.set(path, settled);
      return kept;
    },

    async list(path) {
      await underWay.get(path);
      const found = await Promise.all(places(path).map(readAll));
      const versions = found.flatMap((each) => each.versions).sort(newestFirst);
      const inUse = found.findIndex((each) => each.versions.length > 0);
      return {
        versions,
        damaged: found.reduce((sum, each) => sum + each.damaged, 0),
        folder: places(path)[Math.max(0, inUse)]!,
      };
    },

    async read(path, id) {
      const named = namedOf(id);
      for (const folder of named === undefined ? [] : places(path)) {
        const text = await readFile(join(folder, id), 'utf8').catch(() => undefined);
        if (text !== undefined && nodesIn(text, named!.hash) !== undefined) return text;
      }
      throw new FailureError(
        userFailure('no-version', 'This version is not there any more, or it is damaged. Choose another.'),
      );
    },
  };
}

function nodesIn(text: string, hash: string): number | undefined {
  if (shortHash(text) !== hash) return undefined;
  try {
    return Object.keys(shape.parse(JSON.parse(text)).nodes).length;
  } catch {
    return undefined;
  }
}

async function isWhole(file: string, hash: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text !== undefined && shortHash(text) === hash;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function nameOf({ at, kind, hash }: Omit<Named, 'id'>): string {
  return `${at.replace(/[:.]/g, '-')}.${kind}.${hash}.json`;
}

function namedOf(name: string): Named | undefined {
  const [, stamp, kind, hash] = namePattern.exec(name) ?? [];
  if (stamp === undefined || hash === undefined) return undefined;
  const at = stamp.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/, 'T$1:$2:$3.$4Z');
  return { id: name, at, kind: kind as VersionKind, hash };
}

function newestFirst(left: { id: string }, right: { id: string }): number {
  return left.id < right.id ? 1 : -1;
}
