#!/usr/bin/env node
// npm run torture [-- --kills N --seed N …]: builds test/torture/ and kills engines until their claims are proved or broken.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { nodeProgram, projectRoot } from './build.mjs';

// A folder of its own, so that two tortures at once do not build into each other.
const outDir = join(projectRoot, 'out', `torture-${randomUUID().slice(0, 8)}`);

async function buildProgram(name) {
  const entry = `test/torture/${name}.ts`;
  const output = `${name}.mjs`;
  const settings = nodeProgram({ entry, output, format: 'es', engine: 'node20', outDir });
  await build({ ...settings, build: { ...settings.build, emptyOutDir: false } });
  return join(outDir, output);
}

function run(file, given) {
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...given], {
    cwd: projectRoot,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

try {
  const worker = await buildProgram('worker');
  const torture = await buildProgram('torture');
  process.exitCode = await run(torture, ['--worker', worker, ...process.argv.slice(2)]);
} finally {
  await rm(outDir, { recursive: true, force: true });
}
