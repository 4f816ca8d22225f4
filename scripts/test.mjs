#!/usr/bin/env node
// npm test [-- filter…]: builds the product, brings what the end-to-end tests need, runs everything and counts.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildStale, projectRoot } from './build.mjs';
import { electronEnvironment } from './display.mjs';

const vitestArguments = process.argv.slice(2);

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

function runVitest(environment, resultFile) {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...vitestArguments], {
    cwd: projectRoot,
    stdio: 'inherit',
    // Without this a SEEDLOOM_ELECTRON from outside would start tests that were just said to be skipped.
    env: { ...process.env, SEEDLOOM_ELECTRON: '', ...environment },
  });
  // An interrupt reaches vitest too; what it has counted by then is still to be reported.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
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

async function main() {
  await buildStale();
  const { environment, stop } = await endToEndEnvironment();
  const folder = await mkdtemp(join(tmpdir(), 'seedloom-test-'));
  const resultFile = join(folder, 'results.json');
  const status = await runVitest(environment, resultFile);
  stop();
  const { passed, failed, skipped } = count(resultFile);
  await rm(folder, { recursive: true, force: true });
  if (status !== 0 && failed === 0) console.error('The run failed, though no single test did: see above.');
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return status !== 0 || failed > 0 || passed === 0 ? 1 : 0;
}

process.exitCode = await main();
