import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { FailureError, userFailure } from '#core/failure';
import type { FileOwner } from '#core/file-version';
import type { FileLook, OpenedWorkflow } from '#core/file-calls';
import type { BridgeInput, BridgeOutputs } from '#core/ipc';
import type { RecentFiles } from './recent-files';
import type { Versions } from './versions';

/** The dialogs, as far as workflow files need them. `undefined`: the person closed it. */
export interface WorkflowDialogs {
  chooseFile(): Promise<string | undefined>;
  chooseTarget(suggestedName: string): Promise<string | undefined>;
  mayReplace(path: string): Promise<boolean>;
}

export interface WorkflowFiles {
  open(input: BridgeInput<'workflow.open'>): Promise<OpenedWorkflow | null>;
  /**
   * Opens a file that the system or the command line named: a workflow, a bundle or a picture. `null`: the person closed a
   * dialog. Throws a `FailureError`.
   */
  read(path: string): Promise<OpenedWorkflow | null>;
  /** Whether a file is still what it was when it was read or last written here. */
  look(input: BridgeInput<'workflow.look'>): Promise<FileLook>;
  /** Whether the person has opened or chosen this file. */
  isKnown(path: string): boolean;
  /** Reads a file that was open at an earlier start; `undefined` when it is gone or cannot be read. */
  readAgain(path: string): Promise<OpenedWorkflow | undefined>;
  save(input: BridgeInput<'workflow.save'>): Promise<BridgeOutputs['workflow.save']>;
}

/** A larger one is no workflow. */
const mostBytes = 64 * 1024 * 1024;

export function createWorkflowFiles(options: {
  dialogs: WorkflowDialogs;
  recent: RecentFiles;
  openExample(name: string): Promise<OpenedWorkflow>;
  /** Unpacks a bundle where the person chooses and gives the path of its workflow. */
  unpackBundle(path: string): Promise<string | undefined>;
  /** The graph that made a picture, as a new workflow. */
  openPicture(path: string): Promise<OpenedWorkflow>;
  versions: Pick<Versions, 'keep'>;
  /** Who else has a file open. */
  owner(path: string): Promise<FileOwner | undefined>;
  /** Files chosen at an earlier start that may be written again. */
  chosenBefore: readonly string[];
}): WorkflowFiles {
  const { dialogs, recent } = options;
  /** The window may write only where the person pointed: to files that were opened or chosen in a dialog. */
  const writable = new Set([...recent.list(), ...options.chosenBefore]);

  /** What each file was made by the last save from here. */
  const written = new Map<string, string>();

  async function read(path: string): Promise<OpenedWorkflow | null> {
    const file = resolve(path);
    if (isPictureName(file)) return options.openPicture(file);
    if (!isBundleName(file)) return readWorkflow(file);
    const unpacked = await options.unpackBundle(file);
    return unpacked === undefined ? null : readWorkflow(unpacked);
  }

  async function readWorkflow(file: string): Promise<OpenedWorkflow> {
    if (!isWorkflowName(file))
      throw failure(
        'not-a-workflow',
        `"${basename(file)}" is not a workflow file (name.seedloom, name.seedloom.zip, or a picture).`,
      );
    const bytes = await readWhole(file);
    if (bytes === undefined) {
      await recent.remove(file);
      throw failure('missing-file', `The file "${file}" is not there any more.`);
    }
    writable.add(file);
    await recent.add(file);
    const owner = await options.owner(file);
    return { ...openedOf(file, bytes), ...(owner === undefined ? {} : { owner }) };
  }

  /** Versions are a second safeguard: that one cannot be kept must not keep anybody from saving. */
  async function keep(path: string, bytes: Buffer, kind: 'saved' | 'elsewhere'): Promise<void> {
    await options.versions
      .keep(path, bytes.toString('utf8'), kind)
      .catch((error: unknown) => console.error(`no version of "${path}":`, error));
  }

  async function chooseTarget(suggestedName: string): Promise<string | undefined> {
    const chosen = await dialogs.chooseTarget(withEnding(suggestedName));
    if (chosen === undefined) return undefined;
    const target = withEnding(resolve(chosen));
    // The dialog asked about the name without the ending.
    const isOther = target !== resolve(chosen);
    if (isOther && (await exists(target)) && !(await dialogs.mayReplace(target))) return undefined;
    writable.add(target);
    return target;
  }

  return {
    read,

    async readAgain(path) {
      const bytes = await readWhole(path).catch(() => undefined);
      if (bytes === undefined) return undefined;
      return { path, name: nameOf(path), text: bytes.toString('utf8'), seen: hashOf(bytes) };
    },

    async open({ path, example }) {
      if (example !== undefined) return options.openExample(example);
      const chosen = path ?? (await dialogs.chooseFile());
      return chosen === undefined ? null : read(chosen);
    },

    async save({ document, path, suggestedName, seen, overwrite }) {
      const target = path === null ? await chooseTarget(suggestedName) : path;
      if (target === undefined) return null;
      if (!isAbsolute(target) || !writable.has(target))
        throw failure('not-chosen', `"${target}" was not opened or chosen here; use Save as.`);
      const onDisk = await readWhole(target).catch((error: unknown) => {
        // One that was chosen to be replaced need not be readable.
        if (path === null) return undefined;
        throw error;
      });
      // A second save may come before the window has heard of the first.
      const isOther =
        onDisk !== undefined && hashOf(onDisk) !== seen && hashOf(onDisk) !== written.get(target);
      if (path !== null && !overwrite && isOther) return { changedOnDisk: hashOf(onDisk) };
      const bytes = documentBytes(document);
      const hash = hashOf(bytes);
      if (onDisk !== undefined && hashOf(onDisk) !== hash)
        await keep(target, onDisk, isOther ? 'elsewhere' : 'saved');
      await writeWhole(target, bytes);
      written.set(target, hash);
      await keep(target, bytes, 'saved');
      await recent.add(target);
      return { path: target, seen: hash };
    },

    async look({ path, seen }) {
      if (!writable.has(path)) throw failure('not-chosen', `"${path}" was not opened here.`);
      const bytes = await readWhole(path);
      if (bytes === undefined) return { state: 'gone' };
      const hash = hashOf(bytes);
      // A save from here that the window has not heard of yet is no change by others.
      if (hash === seen || hash === written.get(path)) return { state: 'same' };
      await keep(path, bytes, 'elsewhere');
      return { state: 'changed', workflow: openedOf(path, bytes) };
    },

    isKnown: (path) => writable.has(path),
  };
}

/**
 * Whole or not at all: written under another name beside it, synced to disk, then renamed. A crash at any point leaves
 * the old file or the new one.
 */
export async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeFileAtomic(path, bytes);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw failure(
      'cannot-write',
      `"${path}" could not be written (${code ?? message}). The file on disk is unchanged; save it somewhere else.`,
    );
  }
}

/** `undefined`: there is no such file. */
async function readWhole(path: string): Promise<Buffer | undefined> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw failure('too-large', `"${path}" is too large for a workflow file.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof FailureError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw failure('cannot-read', `"${path}" could not be read (${code ?? message}).`);
  }
}

function documentBytes(document: WorkflowDocument): Buffer {
  return Buffer.from(serializeDocument(document), 'utf8');
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** `/a/b/Bottle.seedloom` → `Bottle`. */
export function nameOf(path: string): string {
  return basename(path, extname(path));
}

function openedOf(path: string, bytes: Buffer): OpenedWorkflow {
  return { path, name: nameOf(path), text: bytes.toString('utf8'), seen: hashOf(bytes) };
}

export function isBundleName(path: string): boolean {
  return /\.zip$/i.test(path);
}

function isPictureName(path: string): boolean {
  return /\.(png|jpe?g|webp)$/i.test(path);
}

function isWorkflowName(path: string): boolean {
  return /\.(seedloom|json)$/i.test(path);
}

function withEnding(path: string): string {
  return isWorkflowName(path) ? path : `${path}.seedloom`;
}

/** Where a save dialog starts: the last workflow's folder, else the person's documents. */
export function suggestedTarget(recent: readonly string[], documents: string, name: string): string {
  const last = recent[0];
  // A title may hold what the name of a file may not.
  const safe = name.replace(/[\\/:*?"<>|]+/g, '-');
  return join(last === undefined ? documents : resolve(last, '..'), safe);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function failure(code: string, message: string): FailureError {
  return new FailureError(userFailure(code, message));
}
