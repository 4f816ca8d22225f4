#!/usr/bin/env node
// npm run bench [name…]: builds each test/bench/<name>.bench.ts and runs it in a process of its own.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { buildStale, nodeProgram, projectRoot } from './build.mjs';
import { electronEnvironment } from './display.mjs';

const suffix = '.bench.ts';
const benchFolder = join(projectRoot, 'test', 'bench');

function chosenNames() {
  const names = readdirSync(benchFolder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new Error(`no bench "${unknown.join('", "')}"; there are ${names.join(', ')}`);
  return wanted.length === 0 ? names : wanted;
}

async function buildBench(name) {
  const output = `${name}.mjs`;
  const outDir = join(projectRoot, 'out', 'bench', name);
  const settings = nodeProgram({
    entry: `test/bench/${name}${suffix}`,
    output,
    format: 'es',
    engine: 'node20',
    outDir,
  });
  // Packages stay outside: a bench may drive a browser, and such a driver does not survive bundling.
  await build({ ...settings, ssr: { target: 'node' } });
  return join(outDir, output);
}

function runBench(file, environment) {
  const child = spawn(process.execPath, ['--expose-gc', file], {
    cwd: projectRoot,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function appEnvironment(names) {
  const needsApp = names.some((name) =>
    readFileSync(join(benchFolder, `${name}${suffix}`), 'utf8').includes('SEEDLOOM_ELECTRON'),
  );
  if (!needsApp) return { environment: {}, stop: () => {} };
  await buildStale();
  const prepared = await electronEnvironment();
  if (!('reason' in prepared)) return prepared;
  console.error(`Benches that start the app cannot. ${prepared.reason}`);
  return { environment: {}, stop: () => {} };
}

const names = chosenNames();
const { environment, stop } = await appEnvironment(names);
for (const name of names) {
  console.log(`\n# ${name}`);
  const status = await runBench(await buildBench(name), environment);
  if (status !== 0) process.exitCode = 1;
}
stop();
