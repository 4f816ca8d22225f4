#!/usr/bin/env node
// Builds the product's parts into out/. `node scripts/build.mjs [target…]`; a part that is up to date is skipped.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, normalize, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { placeWasmSharp } from './sharp-wasm.mjs';

export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

// Loaded at run time: natives cannot be bundled, and ws looks for its two optional accelerators by itself.
const runtimePackages = ['electron', 'sharp', 'lmdb', 'bufferutil', 'utf-8-validate'];
const isExternal = (id) =>
  id.startsWith('node:') ||
  builtinModules.includes(id) ||
  runtimePackages.some((name) => id === name || id.startsWith(`${name}/`));

const shared = ['package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/sharp-wasm.mjs'];
const engineFolders = ['core', 'nodes', 'providers', 'engine'];

// Electron 25 runs Node 18 and cannot load an ES module as main or as a sandboxed preload: hence CommonJS.
const targets = {
  cli: {
    entry: 'cli/main.ts',
    output: 'main.mjs',
    format: 'es',
    engine: 'node20',
    sources: [...engineFolders, 'cli'],
  },
  main: {
    entry: 'electron/main/main.ts',
    output: 'main.cjs',
    format: 'cjs',
    engine: 'node18',
    sources: [...engineFolders, 'electron'],
  },
  preload: {
    entry: 'electron/preload.ts',
    output: 'preload.cjs',
    format: 'cjs',
    engine: 'node18',
    sources: [...engineFolders, 'electron'],
  },
  'engine-host': {
    entry: 'electron/engine-host/engine-host.ts',
    output: 'engine-host.cjs',
    format: 'cjs',
    engine: 'node18',
    sources: [...engineFolders, 'electron'],
  },
  renderer: {
    entry: 'renderer/index.html',
    output: 'index.html',
    engine: 'chrome114',
    sources: ['core', 'nodes', 'renderer'],
  },
};

export const targetNames = Object.keys(targets);

/** The path of the file that a target's build starts from, under out/. */
export const builtFile = (name) => join(projectRoot, 'out', name, targets[name].output);

function* filesUnder(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) {
    yield `${path} ${found.mtimeMs} ${found.size}`;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

// Names, times and sizes, not only the newest time: a file that was deleted or put back from an older copy counts too.
function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const source of [...shared, ...sources]) {
    for (const line of filesUnder(join(projectRoot, source))) hash.update(line);
  }
  return hash.digest('hex');
}

function isCurrent(name, print) {
  const stamp = join(projectRoot, 'out', name, '.stamp');
  return existsSync(builtFile(name)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === print;
}

/** Vite's settings for a program that Node or Electron runs: one file, everything bundled but the runtime packages. */
export function nodeProgram({ entry, output, format, engine, outDir }) {
  return {
    configFile: false,
    root: projectRoot,
    logLevel: 'warn',
    publicDir: false,
    envDir: false,
    ssr: { target: 'node', noExternal: true, external: runtimePackages },
    build: {
      ssr: join(projectRoot, entry),
      outDir,
      emptyOutDir: true,
      target: engine,
      minify: false,
      sourcemap: true,
      // Assets asked for with ?inline or ?raw are inside the file; nothing is to lie beside it.
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      rolldownOptions: {
        platform: 'node',
        external: isExternal,
        output: { format, entryFileNames: output, codeSplitting: false },
      },
    },
  };
}

/** Of Lucide's 1,700 icons the window is given those that node definitions name; no file lists them a second time. */
async function nodeIcons() {
  const { runnerImport } = await import('vite');
  const file = join(projectRoot, 'renderer', 'look', 'node-icons.ts');
  return {
    name: 'seedloom-node-icons',
    async load(id) {
      if (normalize(id) !== file) return null;
      const settings = { configFile: false, root: projectRoot, logLevel: 'warn', envDir: false };
      const load = async (path) => (await runnerImport(join(projectRoot, path), settings)).module;
      const { nodes } = await load('nodes/catalogue.ts');
      const { subgraphIcons } = await load('core/document/subgraph.ts');
      const { iconExportName } = await load('renderer/look/icon-name.ts');
      const icons = [...[...nodes.values()].map(({ icon }) => icon), ...subgraphIcons];
      const names = new Set(icons.map((icon) => iconExportName(icon)));
      const list = [...names].sort().join(', ');
      return `import { ${list} } from 'lucide-react';\nexport const icons = { ${list} };\n`;
    },
  };
}

async function rendererPage({ entry, engine, outDir }) {
  const { default: react } = await import('@vitejs/plugin-react');
  return {
    configFile: false,
    root: join(projectRoot, 'renderer'),
    base: './',
    logLevel: 'warn',
    envDir: false,
    plugins: [react(), await nodeIcons()],
    build: {
      outDir,
      emptyOutDir: true,
      target: engine,
      sourcemap: true,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: join(projectRoot, entry) },
    },
  };
}

// Vite reports on standard output, which belongs to the program that is about to run.
async function standardErrorLogger() {
  const { createLogger } = await import('vite');
  const toStandardError = (message) => console.error(message);
  return {
    ...createLogger('warn'),
    info: () => {},
    warn: toStandardError,
    warnOnce: toStandardError,
    error: toStandardError,
  };
}

// Built beside the final place and moved there, so that nobody ever starts half a build.
async function buildTarget(name, print) {
  const { build } = await import('vite');
  const target = targets[name];
  const outDir = join(projectRoot, 'out', `.${name}-${randomUUID().slice(0, 8)}`);
  const finalDir = join(projectRoot, 'out', name);
  await mkdir(outDir, { recursive: true });
  try {
    const settings =
      name === 'renderer' ? await rendererPage({ ...target, outDir }) : nodeProgram({ ...target, outDir });
    await build({ ...settings, customLogger: await standardErrorLogger() });
    if (name === 'engine-host') await placeWasmSharp(outDir);
    await writeFile(join(outDir, '.stamp'), print);
    await replaceFolder(outDir, finalDir);
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function replaceFolder(from, to) {
  for (let attempt = 1; ; attempt += 1) {
    await rm(to, { recursive: true, force: true });
    try {
      await rename(from, to);
      return;
    } catch (error) {
      // Another build of the same target came between the two calls.
      if (attempt === 5) throw error;
    }
  }
}

/**
 * Builds those of the named targets that are not up to date.
 * @returns {Promise<string[]>} the names of those that were built
 */
export async function buildStale(names = targetNames, { quiet = false } = {}) {
  const built = [];
  for (const name of names) {
    const target = targets[name];
    if (target === undefined) {
      throw new Error(`no build target "${name}"; there are ${targetNames.join(', ')}`);
    }
    const print = fingerprint(target.sources);
    if (isCurrent(name, print)) continue;
    const started = performance.now();
    await buildTarget(name, print);
    built.push(name);
    if (!quiet) {
      const milliseconds = Math.round(performance.now() - started);
      console.error(`built ${relative(projectRoot, builtFile(name))} in ${milliseconds} ms`);
    }
  }
  return built;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2);
  const built = await buildStale(names.length === 0 ? targetNames : names);
  if (built.length === 0) console.error('everything is up to date');
}
