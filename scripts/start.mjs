#!/usr/bin/env node
// npm start: the app, or, where no window can be shown, its first example in the terminal.
import { spawn } from 'node:child_process';
import { join, relative } from 'node:path';
import { buildStale, projectRoot } from './build.mjs';
import { ElectronUnavailable, developmentFlags, findElectron, missingLibraries } from './electron.mjs';

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

/** @returns {Promise<{ executable: string } | { reason: string }>} */
async function chooseElectron() {
  if (!hasDisplay()) return { reason: 'There is no display here.' };
  try {
    const { executable } = await findElectron();
    const missing = missingLibraries(executable);
    if (missing.length === 0) return { executable };
    return {
      reason: `Electron lacks ${missing.join(', ')} here (Debian: libgtk-3-0 libnss3 libasound2 libgbm1).`,
    };
  } catch (error) {
    if (!(error instanceof ElectronUnavailable)) throw error;
    return { reason: error.message };
  }
}

function runToEnd(command, args) {
  const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

const chosen = await chooseElectron();
if ('executable' in chosen) {
  await buildStale(['main', 'preload', 'engine-host', 'renderer']);
  const args = [...developmentFlags(), projectRoot, ...process.argv.slice(2)];
  process.exitCode = await runToEnd(chosen.executable, args);
} else {
  const folder = join(projectRoot, 'out', 'first-picture');
  console.error(
    `${chosen.reason} Running examples/first-picture.seedloom instead, into ${relative(projectRoot, folder)}/:`,
  );
  const example = join(projectRoot, 'examples', 'first-picture.seedloom');
  const command = join(projectRoot, 'scripts', 'seedloom.mjs');
  process.exitCode = await runToEnd(process.execPath, [command, 'run', example, '--out', folder]);
}
