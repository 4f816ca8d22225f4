#!/usr/bin/env node
// npm test [-- filter…]: builds the product, brings what the end-to-end tests need, runs everything and counts.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildStale, projectRoot } from './build.mjs';
import { electronEnvironment, startDisplay } from './display.mjs';

const vitestArguments = process.argv.slice(2);

/** How many parts the tests of the window are run in where there can be two windows; whoever is free takes the next. */
const windowParts = 12;

// Fetching Electron and installing its libraries takes a while: not for a unit test that somebody asked for by name.
function wantsEndToEnd() {
  const folder = join(projectRoot, 'test', 'e2e');
  if (!existsSync(folder)) return false;
  const files = readdirSync(folder, { recursive: true })
    .map((name) => `test/e2e/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.e2e.ts'));
  if (vitestArguments.length === 0) return files.length > 0;
  if (vitestArguments.some((argument) => argument.startsWith('-'))) return files.length > 0;
  return vitestArguments.some((filter) => files.some((file) => file.includes(filter)));
}

async function endToEndEnvironment() {
  const nothing = { environment: {}, stop: () => {} };
  if (!wantsEndToEnd()) return nothing;
  const prepared = await electronEnvironment();
  if (!('reason' in prepared)) return prepared;
  console.error(`The end-to-end tests are skipped. ${prepared.reason}`);
  return nothing;
}

/**
 * Where the tests keep their files: in memory where that can be had, for most of the time of an engine's tests is waiting for
 * the disk to have written what is thrown away a moment later. What a killed process has written is there all the same.
 */
async function quickFolder() {
  const memory = '/dev/shm';
  try {
    const { bavail, bsize } = await statfs(memory);
    if (bavail * bsize < 4e9) return undefined;
    const folder = await mkdtemp(join(memory, 'seedloom-test-'));
    try {
      // Containers often forbid to run what lies there, and fake pods run little scripts of their own.
      await writeFile(join(folder, 'probe'), '#!/bin/sh\n', { mode: 0o755 });
      execFileSync(join(folder, 'probe'));
      return folder;
    } catch {
      await rm(folder, { recursive: true, force: true });
    }
  } catch {
    // There is none.
  }
  return undefined;
}

const running = new Set();
const interrupt = new AbortController();

/** Interrupts reach vitest too; what it has counted by then is still to be reported. */
function passInterrupts() {
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      interrupt.abort();
      for (const child of running) child.kill(signal);
    });
}

/** `said` is what it said while somebody else was speaking. */
function runVitest(environment, resultFile, { projects = [], part, isAside }) {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`];
  const only = projects.flatMap((project) => ['--project', project]);
  // A filter may have tests in one of the runs alone.
  if (projects.length > 0) only.push('--passWithNoTests');
  if (part !== undefined) only.push(`--shard=${part}`);
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...only, ...vitestArguments], {
    cwd: projectRoot,
    stdio: isAside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    // Without this a SEEDLOOM_ELECTRON from outside would start tests that were just said to be skipped.
    env: { ...process.env, SEEDLOOM_ELECTRON: '', ...environment },
  });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ status: code ?? 1, said });
    });
  });
}

/**
 * Tests of the window wait most of the time, the others work: they run beside each other, and when the others are done a
 * second window helps with what is left. Two windows never share a screen, for they would share its clipboard.
 */
async function runAll(environment, folder, isBoth) {
  passInterrupts();
  const results = [];
  let started = 0;
  async function run(what, around) {
    const resultFile = join(folder, `results-${started++}.json`);
    const { status, said } = await runVitest(around, resultFile, what);
    results.push({ status, said, ...count(resultFile) });
  }
  if (!isBoth) {
    await run({}, environment);
    return results;
  }
  const canHelp = environment.DISPLAY !== undefined && vitestArguments.length === 0;
  const parts = canHelp
    ? Array.from({ length: windowParts }, (_, place) => `${place + 1}/${windowParts}`)
    : [undefined];
  async function runParts(around) {
    while (parts.length > 0 && !interrupt.signal.aborted)
      await run({ projects: ['e2e'], part: parts.shift(), isAside: true }, around);
  }
  async function runOthers() {
    await run({ projects: ['unit', 'unit-apart'] }, environment);
    if (!canHelp || parts.length === 0 || interrupt.signal.aborted) return;
    const { display, stop } = await startDisplay();
    await runParts({ ...environment, DISPLAY: display });
    stop();
  }
  await Promise.all([runParts(environment), runOthers()]);
  return results;
}

function count(resultFile) {
  if (!existsSync(resultFile)) return { passed: 0, failed: 0, skipped: 0 };
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  // A file that breaks before its first test has no test to count as failed.
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + brokenFiles.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

const sum = (results, name) => results.reduce((total, result) => total + result[name], 0);

async function main() {
  await buildStale();
  const isFiltered = vitestArguments.some((argument) => argument.startsWith('-'));
  const { environment, stop } = await endToEndEnvironment();
  const quick = await quickFolder();
  const folder = quick ?? (await mkdtemp(join(tmpdir(), 'seedloom-test-')));
  const places = quick === undefined ? environment : { ...environment, TMPDIR: quick };
  const results = await runAll(places, folder, !isFiltered && wantsEndToEnd());
  stop();
  await rm(folder, { recursive: true, force: true });
  for (const { said } of results) if (said !== '') console.log(said);
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map((name) => sum(results, name));
  const isBroken = results.some(({ status }) => status !== 0);
  if (interrupt.signal.aborted) console.error('Interrupted: what had not ended is not counted.');
  else if (isBroken && failed === 0) console.error('The run failed, though no single test did: see above.');
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return isBroken || failed > 0 || passed === 0 ? 1 : 0;
}

process.exitCode = await main();
