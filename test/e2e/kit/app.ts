import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect, onTestFailed } from 'vitest';
import type { BridgeAnswer, BridgeCall, BridgeInput, BridgeOutputs } from '#core/ipc';
import type { Settings } from '#core/settings';

/** The Electron to test with; `npm test` finds or fetches one and sets it. */
const executable = process.env['SEEDLOOM_ELECTRON'] ?? '';
export const hasElectron = executable !== '';
if (!hasElectron)
  console.warn('skipped: SEEDLOOM_ELECTRON names no Electron (npm test finds one, where there can be one)');

const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));
const resultsFolder = join(projectRoot, 'test-results');

/** Lines on standard error that mean a broken app, whatever else goes well. */
const alarming =
  /GLib|GObject|Gtk-CRITICAL|segmentation|SIGSEGV|SIGTRAP|FATAL|uncaught|unhandled|was not loaded/i;

/** Answers of the system's dialogs, in the order they will be asked; they are replaced in the main process. */
interface DialogAnswers {
  open?: (string[] | null)[];
  save?: (string | null)[];
  message?: number[];
}

export interface TestApp {
  app: ElectronApplication;
  page: Page;
  home: string;
  /** A call as the window makes it. */
  call<C extends BridgeCall>(name: C, input: BridgeInput<C>): Promise<BridgeAnswer<C>>;
  /** A call that has to succeed; gives its value. */
  value<C extends BridgeCall>(name: C, input: BridgeInput<C>): Promise<BridgeOutputs[C]>;
  answerDialogs(answers: DialogAnswers): Promise<void>;
  /** A picture of the window in `test-results/`. Gives its path. */
  screenshot(name: string): Promise<string>;
  standardError(): string;
  /** As a crash or a power cut: nothing is asked, nothing is closed. */
  kill(): Promise<void>;
  /** Closes it and fails the test for a crash or an alarming message. */
  close(): Promise<void>;
}

interface LaunchOptions {
  /** Used again, and not removed at the end, when it is given. */
  home?: string;
  arguments?: string[];
  environment?: Record<string, string>;
  settings?: Partial<Settings>;
  /** A packaged app to start, in place of this checkout. */
  packaged?: string;
  /** The test crashes the page itself. */
  crashes?: boolean;
}

/** Starts the real app on a data folder of its own and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<TestApp> {
  const home = options.home ?? (await makeHome());
  await mkdir(home, { recursive: true });
  const settings = join(home, 'settings.json');
  // The first steps have a test of their own; in the others they would only stand in the way.
  if (options.settings !== undefined || !existsSync(settings))
    await writeFile(settings, JSON.stringify({ guide: 'left', ...options.settings }));
  const app = await _electron.launch({
    executablePath: options.packaged ?? executable,
    args: [
      ...electronFlags(),
      ...(options.packaged === undefined ? [projectRoot] : []),
      ...(options.arguments ?? []),
    ],
    env: { ...inherited(), SEEDLOOM_HOME: home, ...options.environment },
    timeout: 60_000,
  });
  let errors = '';
  const child = app.process();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  // A test that fails before it closes the app must not leave it running.
  onTestFailed(() => {
    child.kill('SIGKILL');
    if (errors !== '') console.error(errors);
  });
  const page = await app.firstWindow();
  // A driver whose page crashed waits for ever; what the app says of it is printed with the failure.
  if (options.crashes !== true) page.on('crash', () => setTimeout(() => child.kill('SIGKILL'), 1000));
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await page.waitForLoadState('load');

  const call = async <C extends BridgeCall>(name: C, input: BridgeInput<C>) =>
    (await page.evaluate(
      ([calledName, calledInput]) =>
        (globalThis as unknown as TestWindow).seedloom.call(calledName, calledInput),
      [name as string, input as unknown] as const,
    )) as BridgeAnswer<C>;

  return {
    app,
    page,
    home,
    call,
    async value(name, input) {
      const answer = await call(name, input);
      if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}\n${answer.failure.detail ?? ''}`);
      return answer.value;
    },
    answerDialogs: (answers) => app.evaluate(replaceDialogs, answers),
    async screenshot(name) {
      await mkdir(resultsFolder, { recursive: true });
      const path = join(resultsFolder, `${name}.png`);
      await animationsEnded(page);
      await page.screenshot({ path });
      return path;
    },
    standardError: () => errors,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async close() {
      await app.close();
      await ended;
      if (options.home === undefined) await rm(home, { recursive: true, force: true, maxRetries: 5 });
      expect(errors.split('\n').filter((line) => alarming.test(line))).toEqual([]);
      expect(pageErrors).toEqual([]);
      expect(child.signalCode).toBeNull();
    },
  };
}

/**
 * Where an animation leads to is what is looked at, not its first frame. The driver's own way, to end all of them and to
 * play the endless ones again afterwards, crashes the page now and then (Chromium 114, where an element goes meanwhile).
 */
async function animationsEnded(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => {
      const { target } = effect as KeyframeEffect;
      return Number.isFinite(effect?.getComputedTiming().endTime) && target?.checkVisibility() === true;
    });
    // What is hidden before it ends, or is paused, never does.
    const longEnough = new Promise((resolve) => setTimeout(resolve, 2000));
    await Promise.race([Promise.allSettled(ending.map(({ finished }) => finished)), longEnough]);
  });
}

function electronFlags(): string[] {
  const given = (process.env['SEEDLOOM_ELECTRON_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');
  const isRoot = process.getuid?.() === 0;
  // A virtual screen has no graphics card, and Chromium tries for one with a process that often fails first.
  const isVirtual = process.platform === 'linux';
  return [
    ...new Set([...given, ...(isRoot ? ['--no-sandbox'] : []), ...(isVirtual ? ['--disable-gpu'] : [])]),
  ];
}

/** Starts the app a second time, as a double click on a file does. Gives the exit code. */
export function startAgain(home: string, files: string[]): Promise<number | null> {
  const child = spawn(executable, [...electronFlags(), projectRoot, ...files], {
    env: { ...inherited(), SEEDLOOM_HOME: home },
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
}

/** A data folder for several starts of the app. */
export function makeHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'seedloom-e2e-'));
}

interface TestWindow {
  seedloom: { call(name: string, input: unknown): Promise<unknown> };
}

/** What this machine has set for Seedloom must not reach a test. */
function inherited(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('SEEDLOOM_'),
    ),
  );
}

/** Runs in the main process. A dialog nobody foresaw is an error there: it would wait for ever. */
function replaceDialogs({ dialog }: typeof Electron, answers: DialogAnswers): void {
  const next = <T>(kind: string, queue: T[] | undefined): T => {
    if (queue === undefined || queue.length === 0) throw new Error(`a ${kind} dialog was not expected`);
    return queue.shift() as T;
  };
  Object.assign(dialog, {
    async showOpenDialog() {
      const files = next('open', answers.open);
      return { canceled: files === null, filePaths: files ?? [] };
    },
    async showSaveDialog() {
      const file = next('save', answers.save);
      return file === null ? { canceled: true } : { canceled: false, filePath: file };
    },
    async showMessageBox() {
      return { response: next('message', answers.message), checkboxChecked: false };
    },
  });
}
