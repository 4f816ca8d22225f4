// What Electron needs around it on a Linux machine without a screen.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { ElectronUnavailable, developmentFlags, findElectron, missingLibraries } from './electron.mjs';

// The second name is that of systems that have moved to 64-bit time.
const systemPackages = [
  ['xvfb'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
];

const hasCommand = (name, argument) => spawnSync(name, [argument], { stdio: 'ignore' }).error === undefined;

function whatIsMissing(executable) {
  return [...(hasCommand('Xvfb', '-help') ? [] : ['Xvfb']), ...missingLibraries(executable)];
}

function apt(args) {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000, env: environment });
}

function canInstall(name) {
  const { stdout } = spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' });
  return /Candidate: (?!\(none\))/.test(stdout ?? '');
}

/**
 * Makes sure that Electron can open a window here, installing what is missing where that is allowed.
 * @returns {string | null} why it cannot, or null
 */
export function prepareForElectron(executable) {
  if (process.platform !== 'linux') return null;
  const missing = whatIsMissing(executable);
  if (missing.length === 0) return null;
  const names = systemPackages.map(([name]) => name).join(' ');
  const advice = `missing: ${missing.join(', ')} (Debian packages: ${names})`;
  if (process.getuid?.() !== 0 || !hasCommand('apt-get', '--version')) return advice;
  console.error(`installing ${names}`);
  try {
    apt(['update']);
    const chosen = systemPackages.map((choices) => choices.find(canInstall) ?? choices[0]);
    apt(['install', '--yes', '--no-install-recommends', ...chosen]);
  } catch (error) {
    return `${advice}; installing them failed: ${String(error.stderr ?? error).trim()}`;
  }
  const still = whatIsMissing(executable);
  return still.length === 0 ? null : `missing: ${still.join(', ')}, also after installing ${names}`;
}

/**
 * Starts a virtual screen under a display number of its own.
 * @returns {Promise<{ display: string, stop: () => void }>}
 */
export function startDisplay() {
  const size = ['-screen', '0', '1600x1000x24'];
  const server = spawn('Xvfb', ['-displayfd', '3', ...size, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => server.kill();
  process.once('exit', stop);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3].once('data', (number) => resolve({ display: `:${String(number).trim()}`, stop }));
  });
}

/**
 * The environment in which a script can start the app: SEEDLOOM_ELECTRON, SEEDLOOM_ELECTRON_FLAGS and DISPLAY.
 * @returns {Promise<{ environment: Record<string, string>, stop: () => void } | { reason: string }>}
 */
export async function electronEnvironment() {
  let executable;
  try {
    ({ executable } = await findElectron());
  } catch (error) {
    if (!(error instanceof ElectronUnavailable)) throw error;
    return { reason: error.message };
  }
  const reason = prepareForElectron(executable);
  if (reason !== null) return { reason };
  const environment = {
    SEEDLOOM_ELECTRON: executable,
    SEEDLOOM_ELECTRON_FLAGS: developmentFlags().join(' '),
  };
  if (process.platform !== 'linux') return { environment, stop: () => {} };
  const { display, stop } = await startDisplay();
  return { environment: { ...environment, DISPLAY: display }, stop };
}
