// Gives the engine host sharp's WebAssembly build on Linux (docs/decisions/0011-sharp-in-electron-on-linux.md).
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

async function readPackage(folder) {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
}

/**
 * Puts a copy of sharp's JavaScript into `<folder>/node_modules`, beside empty packages in the place of its native
 * builds: what is started from `folder` then loads the WebAssembly build, everybody else the native one.
 * Does nothing on macOS and Windows.
 */
export async function placeWasmSharp(folder, platform = process.platform) {
  if (platform !== 'linux') return;
  const sharpFolder = dirname(dirname(require.resolve('sharp')));
  const sharp = await readPackage(sharpFolder);
  const wasm = await readPackage(dirname(require.resolve('@img/sharp-wasm32/package')));
  if (wasm.version !== sharp.version) {
    throw new Error(
      `sharp is ${sharp.version} but its WebAssembly build is ${wasm.version}: ` +
        `npm install --save-exact @img/sharp-wasm32@${sharp.version}`,
    );
  }
  const modules = join(folder, 'node_modules');
  for (const part of ['package.json', 'dist', 'LICENSE']) {
    await cp(join(sharpFolder, part), join(modules, 'sharp', part), { recursive: true });
  }
  const nativeBuilds = Object.keys(sharp.optionalDependencies).filter((name) => /\/sharp-linux/.test(name));
  for (const name of nativeBuilds) {
    await mkdir(join(modules, name), { recursive: true });
    // Without the "exports" sharp would look for the native build in the folders above.
    await writeFile(
      join(modules, name, 'package.json'),
      JSON.stringify({ name, version: sharp.version, exports: {} }),
    );
  }
}
