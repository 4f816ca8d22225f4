import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Provider } from '#core/provider';
import { answer, recordingTools, thrown } from './kit-recording-tools';

/** The worked example of docs/add-a-provider.md, in a folder of its own inside the package. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;
let provider: Provider;

beforeAll(async () => {
  const text = readFileSync(join(root, 'docs/add-a-provider.md'), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(text)?.[1];
  if (example === undefined) throw new Error('the document has no example');
  mkdirSync(join(root, 'out'), { recursive: true });
  folder = mkdtempSync(join(root, 'out/example-'));
  const file = join(folder, 'example.provider.ts');
  writeFileSync(file, example.replaceAll("'./kit/", "'#providers/kit/"));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: { lib: ['ES2023', 'WebWorker'] },
      files: ['example.provider.ts'],
    }),
  );
  provider = ((await import(file)) as { default: Provider }).default;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('compiles as strictly as the product', async () => {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const compiled = await promisify(execFile)(process.execPath, [compiler, '--project', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(compiled.stdout).toBe('');
});

test('orders once, and gives what the vendor answers', async () => {
  const answers = [
    answer(200, { id: 'j1' }),
    answer(200, { status: 'running' }),
    answer(200, { status: 'succeeded', images: [{ url: 'https://cdn.example/1.png' }] }),
  ];
  const tools = recordingTools(provider, () => answers.shift()!, { key: 'k' });
  const submitted = await provider.submit(
    {
      kind: 'generate',
      model: { provider: 'example', model: 'seedream-4.5' },
      prompt: 'a cat',
      size: { width: 2560, height: 1440 },
      count: 1,
      loras: [],
      extra: undefined,
    },
    tools,
  );
  if (submitted.state !== 'accepted') throw new Error('it is a queue');
  expect(await provider.check?.(submitted.job, tools)).toEqual({ state: 'running' });
  expect(await provider.check?.(submitted.job, tools)).toMatchObject({
    state: 'done',
    result: { pictures: [{ from: 'url', request: { url: 'https://cdn.example/1.png' } }] },
  });
  expect(tools.calls.map(({ by }) => by)).toEqual(['spend', 'ask', 'ask']);
});

test('keeps the rule it teaches: only the vendor ends a job', async () => {
  const job = { provider: 'example', model: 'seedream-4.5', id: 'j1', ticket: null };
  const check = (status: number, body: unknown) =>
    provider.check!(
      job,
      recordingTools(provider, () => answer(status, body)),
    );
  expect(await check(404, { error: { message: 'no such job' } })).toMatchObject({ state: 'lost' });
  for (const [status, body] of [
    [404, '<html></html>'],
    [503, ''],
    [200, '<html></html>'],
  ] as const)
    await thrown(check(status, body));
  expect(await check(200, { status: 'failed' })).toMatchObject({ state: 'failed' });
});
