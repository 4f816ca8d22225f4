import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NodeDefinition } from '#core/node';
import { upgradeNode } from '#core/document/upgrade-node';
import { runNode, sized } from './node-under-test';

const root = join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(join(root, 'docs', 'add-a-node.md'), 'utf8');
const [wholeFile = '', upgrades = ''] = Array.from(
  text.matchAll(/```ts\n(.*?)```/gs),
  ([, block]) => block ?? '',
);

// In the project, where `#core/…` leads to the core.
const folder = join(root, '.cache', `add-a-node-${process.pid}`);
const file = join(folder, 'caption.node.ts');
let definition: NodeDefinition;
let upgraded: NodeDefinition;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, wholeFile);
  writeFileSync(
    join(folder, 'upgraded.node.ts'),
    wholeFile.replace('  version: 1,\n', `  version: 2,\n  ${upgrades}`),
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../nodes/tsconfig.json', include: ['*.ts'] }),
  );
  definition = ((await import(/* @vite-ignore */ file)) as { default: NodeDefinition }).default;
  const path = join(folder, 'upgraded.node.ts');
  upgraded = ((await import(/* @vite-ignore */ path)) as { default: NodeDefinition }).default;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the node of docs/add-a-node.md', () => {
  it('compiles as a file of nodes/', async () => {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, '--project', folder], {
      cwd: root,
    }).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  });

  it('is named as the text says', () => expect(text).toContain(`nodes/${definition.type}.node.ts`));

  it('writes its words under the picture', async () => {
    const image = sized(1000, 600);
    const { outputs, tools } = await runNode(definition, {
      params: { text: 'Lisbon, 1974' },
      inputs: { image },
    });
    const [asked] = tools.composed;
    expect(asked).toMatchObject({ width: 1000, height: 690, background: '#ffffff' });
    expect(asked!.layers).toMatchObject([
      { kind: 'image', image, height: 600 },
      { kind: 'text', text: 'Lisbon, 1974', size: 30 },
    ]);
    expect(outputs).toMatchObject({ image: [{ width: 1000, height: 690 }] });
  });

  it('is brought up to date as the text says', () => {
    const catalogue = new Map([[upgraded.type, upgraded]]);
    const old = (params: Record<string, string | number>) => ({ type: 'caption', version: 1, params });
    expect(upgradeNode(old({ text: 'a', fontSize: 0.05 }), catalogue)).toEqual({
      type: 'caption',
      version: 2,
      params: { text: 'a', size: 0.05 },
    });
    expect(upgradeNode(old({}), catalogue).params).toEqual({ size: 0.03 });
  });
});

describe('docs/add-a-node.md', () => {
  it('names files that are there, and every way to make a param', () => {
    for (const [, path] of text.matchAll(/\]\(\.\.\/([\w./-]+)\)/g))
      expect(() => readFileSync(join(root, path!)), path).not.toThrow();
    const made = readFileSync(join(root, 'core', 'param.ts'), 'utf8').matchAll(
      /export function (\w+Param)\(/g,
    );
    for (const [, name] of made) expect(text).toContain(`\`${name}\``);
  });
});
