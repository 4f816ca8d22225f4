import { dirname, join, normalize } from 'node:path/posix';

/** One import of a source file: what it says and the file it means, when that is one of ours. */
export interface Import {
  from: string;
  specifier: string;
  /** Only types cross it, so it is gone at run time. */
  typeOnly: boolean;
}

export interface SourceFile {
  /** From the root, with `/`. */
  path: string;
  text: string;
}

const statement =
  /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:([\w*{][^'"]*?)\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Reads the imports and re-exports of a file. Names imported one by one as types count as types. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  for (const match of file.text.matchAll(statement)) {
    const [, , typeWord, names, specifier, dynamic] = match;
    const named = names?.match(/^\{([^}]*)\}$/s)?.[1];
    const onlyTypes =
      named !== undefined &&
      named
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)
        .every((name) => name.startsWith('type '));
    found.push({
      from: file.path,
      specifier: (specifier ?? dynamic)!,
      typeOnly: typeWord !== undefined || onlyTypes,
    });
  }
  return found;
}

/** Where an import leads: the path of one of our files without ending, or the name of a package. */
export function targetOf({ from, specifier }: Import): { own: string } | { package: string } {
  if (specifier.startsWith('#')) return { own: specifier.slice(1) };
  if (specifier.startsWith('.')) return { own: normalize(join(dirname(from), specifier)) };
  return {
    package: specifier.startsWith('@')
      ? specifier.split('/').slice(0, 2).join('/')
      : specifier.split('/')[0]!,
  };
}

interface Rule {
  /** Folders of ours it may import from, besides itself. */
  own: readonly string[];
  /** Packages it may import; `*` for any. */
  packages: readonly string[];
}

const node = ['node:*'];

/** The arrows of the house. What is not listed here is forbidden. */
export const arrows: Readonly<Record<string, Rule>> = {
  core: { own: [], packages: ['zod'] },
  nodes: { own: ['core'], packages: ['zod'] },
  providers: { own: ['core'], packages: ['zod'] },
  engine: {
    own: ['core'],
    packages: [
      ...node,
      'sharp',
      'lmdb',
      'ws',
      'p-queue',
      'aws4',
      'opentype.js',
      'env-paths',
      'fflate',
      'zod',
      '@fontsource/ibm-plex-sans',
    ],
  },
  renderer: { own: ['core', 'nodes'], packages: ['*'] },
  electron: {
    own: ['core', 'engine', 'nodes', 'providers'],
    packages: [...node, 'electron', 'write-file-atomic', 'zod'],
  },
  cli: {
    own: ['core', 'engine', 'nodes', 'providers'],
    packages: [...node, 'commander', 'yoctocolors', 'log-update', 'zod'],
  },
};

/** Packages the window must never reach, though it may use any library. */
const forbiddenInRenderer = ['node:', 'electron', 'sharp', 'lmdb', 'ws'];

/** Why an import is not allowed, or `null`. */
export function offence(item: Import): string | null {
  const folder = item.from.split('/')[0]!;
  const rule = arrows[folder];
  if (rule === undefined) return null;
  const target = targetOf(item);
  const arrow = `${item.from} → ${item.specifier}`;
  if ('package' in target) {
    const name = target.package;
    if (
      folder === 'renderer' &&
      forbiddenInRenderer.some((prefix) => name === prefix || name.startsWith('node:'))
    )
      return `${arrow}: the window is sandboxed`;
    const isAllowed = rule.packages.some((entry) =>
      entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : entry === name,
    );
    return isAllowed ? null : `${arrow}: ${folder} may not use the package ${name}`;
  }
  const other = target.own.split('/')[0]!;
  if (other !== folder && !rule.own.includes(other)) return `${arrow}: ${folder} may not know ${other}`;
  if (isStore(item.from) && isStore(target.own)) return `${arrow}: stores never import each other`;
  if (isLeaf(item.from) && isLeaf(target.own)) return `${arrow}: one node or provider file knows no other`;
  return null;
}

function isStore(path: string): boolean {
  return /^renderer\/stores\/[\w-]+-store(\.tsx?)?$/.test(path);
}

function isLeaf(path: string): boolean {
  return /\.(node|provider|image-host)(\.ts)?$/.test(path);
}

/** Every loop of imports that exist at run time, each as a chain of files. */
export function cycles(files: readonly SourceFile[]): string[] {
  const byName = new Map(files.map((file) => [file.path.replace(/\.(tsx?|mjs)$/, ''), file.path]));
  const edges = new Map<string, string[]>();
  for (const file of files)
    edges.set(
      file.path,
      importsOf(file).flatMap((item) => {
        const target = targetOf(item);
        const path = 'own' in target ? byName.get(target.own) : undefined;
        return item.typeOnly || path === undefined ? [] : [path];
      }),
    );
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const seen = trail.indexOf(path);
    if (seen !== -1) {
      found.push([...trail.slice(seen), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return found;
}
