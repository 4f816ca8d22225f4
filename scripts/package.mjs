#!/usr/bin/env node
// npm run package (installers) and npm run package:dir (an unpacked app) for this platform, into dist/.
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Arch, Platform, build } from 'electron-builder';
import { buildStale, projectRoot } from './build.mjs';
import { ElectronUnavailable, findElectron } from './electron.mjs';
import { fetchPackage } from './npm-package.mjs';

const onlyFolder = process.argv.includes('--dir');
const macArchitectures = ['x64', 'arm64'];

// npm installs the natives of the machine it runs on; a Mac builds for the other architecture too.
async function bringMacNatives() {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  const prefixes = ['@img/sharp-darwin-', '@img/sharp-libvips-darwin-', '@lmdb/lmdb-darwin-'];
  const names = prefixes.flatMap((prefix) => macArchitectures.map((architecture) => prefix + architecture));
  for (const name of names) {
    const folder = join(projectRoot, 'node_modules', name);
    if (existsSync(folder)) continue;
    const locked = packages[`node_modules/${name}`];
    if (locked === undefined) throw new Error(`package-lock.json has no ${name}`);
    await fetchPackage({ name, version: locked.version, integrity: locked.integrity, folder });
  }
}

async function electronSettings() {
  const electron = await findElectron();
  // Its own download is in the packager's cache already, for every architecture that is asked for.
  if (electron.source === 'electron package') return {};
  if (!onlyFolder) {
    throw new ElectronUnavailable(
      `Installers are built with the current Electron only, and here there is ${electron.version} ` +
        `(${electron.source}); npm run package:dir takes it.`,
    );
  }
  return {
    electronVersion: electron.version,
    electronDist: dirname(electron.executable),
    // In place of the default app this Electron has a launcher (scripts/electron-launcher.cjs) in a folder.
    afterPack: ({ appOutDir }) => rm(join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
  };
}

async function main() {
  const platform = Platform.current();
  const settings = await electronSettings();
  await buildStale();
  const architectures = platform === Platform.MAC && !onlyFolder ? macArchitectures : [process.arch];
  if (architectures.length > 1) await bringMacNatives();
  await build({
    projectDir: projectRoot,
    targets: platform.createTarget(
      onlyFolder ? 'dir' : null,
      ...architectures.map((architecture) => Arch[architecture]),
    ),
    publish: 'never',
    // Beside what electron-builder.yml says, which it reads by itself.
    config: settings,
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ElectronUnavailable)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
