import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrows, cycles, importsOf, offence, type SourceFile } from './arrows';

const root = join(import.meta.dirname, '..', '..');

function sources(folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') };
    });
}

const all = Object.keys(arrows).flatMap(sources);

describe('the house', () => {
  it('has files in every room', () => {
    for (const folder of Object.keys(arrows))
      expect(
        all.some(({ path }) => path.startsWith(`${folder}/`)),
        folder,
      ).toBe(true);
  });

  it('has no forbidden arrow', () => {
    expect(all.flatMap(importsOf).map(offence).filter(Boolean)).toEqual([]);
  });

  it('has no loop of imports', () => {
    expect(cycles(all)).toEqual([]);
  });

  it('has no source file over 400 lines', () => {
    expect(all.filter(({ text }) => text.split('\n').length > 401).map(({ path }) => path)).toEqual([]);
  });
});

describe('the reader of arrows', () => {
  const offenceOf = (path: string, line: string) => importsOf({ path, text: line }).map(offence);

  it.each([
    ['engine/run/step.ts', `import { nodes } from '#nodes/catalogue';`, 'engine may not know nodes'],
    ['core/plan/plan.ts', `import { join } from 'node:path';`, 'core may not use the package node:path'],
    [
      'providers/fal.provider.ts',
      `import type { Engine } from '#engine/contract';`,
      'providers may not know engine',
    ],
    ['renderer/app/main.tsx', `import { readFileSync } from 'node:fs';`, 'sandboxed'],
    [
      'renderer/stores/run-store.ts',
      `import { documentStore } from './document-store';`,
      'stores never import',
    ],
    ['nodes/edit.node.ts', `import generate from './generate.node';`, 'knows no other'],
    ['nodes/edit.node.ts', `const module = await import('#engine/engine');`, 'nodes may not know engine'],
    ['cli/main.ts', `export { thing } from '#test/kit/fake-fal';`, 'cli may not know test'],
  ])('names the offence in %s: %s', (path, line, words) => {
    expect(offenceOf(path, line)).toEqual([expect.stringContaining(words)]);
    expect(offenceOf(path, line)[0]).toContain(`${path} → `);
  });

  it.each([
    ['engine/run/step.ts', `import type { Plan } from '#core/plan/planned';`],
    ['nodes/edit.node.ts', `import { defineNode } from '#core/node';`],
    ['cli/main.ts', `import {\n  createEngine,\n} from '#engine/engine';`],
  ])('lets %s: %s pass', (path, line) => {
    expect(offenceOf(path, line)).toEqual([null]);
  });

  it('finds a loop and leaves types out of it', () => {
    const file = (path: string, text: string) => ({ path, text });
    const loop = [
      file('core/a.ts', `import { b } from './b';`),
      file('core/b.ts', `import { a } from './a';`),
    ];
    expect(cycles(loop)).toEqual(['core/a.ts → core/b.ts → core/a.ts']);
    const types = [
      file('core/a.ts', `import type { B } from './b';`),
      file('core/b.ts', `import { a } from './a';`),
    ];
    expect(cycles(types)).toEqual([]);
  });
});
