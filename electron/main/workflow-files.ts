import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { WorkflowDocument } from '#core/document/schema';
import { serializeDocument } from '#core/document/serialize';
import { FailureError, userFailure } from '#core/failure';
import type { BridgeInput, BridgeOutputs, OpenedWorkflow } from '#core/ipc';
import type { RecentFiles } from './recent-files';

/** The dialogs, as far as workflow files need them. `undefined`: the person closed it. */
export interface WorkflowDialogs {
  chooseFile(): Promise<string | undefined>;
  chooseTarget(suggestedName: string): Promise<string | undefined>;
  mayReplace(path: string): Promise<boolean>;
}

export interface WorkflowFiles {
  open(input: BridgeInput<'workflow.open'>): Promise<OpenedWorkflow | null>;
  /** Reads a file that the system or the command line named. Throws a `FailureError`. */
  read(path: string): Promise<OpenedWorkflow>;
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
  /** Files chosen at an earlier start that may be written again. */
  chosenBefore: readonly string[];
}): WorkflowFiles {
  const { dialogs, recent } = options;
  /** The window may write only where the person pointed: to files that were opened or chosen in a dialog. */
  const writable = new Set([...recent.list(), ...options.chosenBefore]);

  async function read(path: string): Promise<OpenedWorkflow> {
    const file = resolve(path);
    if (!isWorkflowName(file))
      throw failure('not-a-workflow', `"${basename(file)}" is not a workflow file (name.seedloom).`);
    const bytes = await readWhole(file);
    if (bytes === undefined) {
      await recent.remove(file);
      throw failure('missing-file', `The file "${file}" is not there any more.`);
    }
    writable.add(file);
    await recent.add(file);
    return { path: file, name: nameOf(file), text: bytes.toString('utf8'), seen: hashOf(bytes) };
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
      if (path !== null && !overwrite) {
        const onDisk = await readWhole(target);
        if (onDisk !== undefined && hashOf(onDisk) !== seen) return { changedOnDisk: true };
      }
      const bytes = documentBytes(document);
      await writeWhole(target, bytes);
      await recent.add(target);
      return { path: target, seen: hashOf(bytes) };
    },
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

function isWorkflowName(path: string): boolean {
  return /\.(seedloom|json)$/i.test(path);
}

function withEnding(path: string): string {
  return isWorkflowName(path) ? path : `${path}.seedloom`;
}

/** Where a save dialog starts: the last workflow's folder, else the person's documents. */
export function suggestedTarget(recent: readonly string[], documents: string, name: string): string {
  const last = recent[0];
  return join(last === undefined ? documents : resolve(last, '..'), name);
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
