import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Provider } from '#core/provider';
import type { ImageTask } from '#core/task';
import type { FakeVendor } from '#test/kit/fake-vendor';
import { answer, recordingTools, server, thrown } from './kit-recording-tools';

/** The worked examples of docs/add-a-provider.md (a provider, its fake, its contract), in a folder inside the package. */
const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder: string;
let provider: Provider;
let createFakeExample: (given: { pollsUntilDone: number }) => Promise<FakeVendor>;

const task: ImageTask = {
  kind: 'generate',
  model: { provider: 'example', model: 'seedream-4.5' },
  prompt: 'a cat',
  size: { width: 2560, height: 1440 },
  count: 1,
  loras: [],
  extra: undefined,
};
const files = ['example.provider.ts', 'fake-example.ts', 'example.contract.test.ts'] as const;

/** What lies beside the file in the package, and beside the examples here. */
function moved(code: string): string {
  return code
    .replaceAll("'#providers/example.provider'", "'./example.provider'")
    .replaceAll("'#test/kit/fake-example'", "'./fake-example'")
    .replaceAll("'./kit/", "'#providers/kit/")
    .replaceAll("'./provider-contract'", "'#test/contract/provider-contract'")
    .replaceAll(/'\.\/(fake-vendor|fake-jobs|fake-vendor-server)'/g, "'#test/kit/$1'");
}

beforeAll(async () => {
  const text = readFileSync(join(root, 'docs/add-a-provider.md'), 'utf8');
  const examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => moved(code!));
  expect(examples).toHaveLength(files.length);
  mkdirSync(join(root, 'out'), { recursive: true });
  folder = mkdtempSync(join(root, 'out/example-'));
  for (const [index, file] of files.entries()) writeFileSync(join(folder, file), examples[index]!);
  provider = ((await import(join(folder, files[0]))) as { default: Provider }).default;
  ({ createFakeExample } = (await import(join(folder, files[1]))) as {
    createFakeExample: typeof createFakeExample;
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['the provider', '../../providers/tsconfig.json', [files[0]]],
  ['its fake and its contract', '../../test/tsconfig.json', [files[1], files[2]]],
])(
  '%s: compiles as strictly as the product',
  async (_name, project, compiled) => {
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: project, include: [], files: compiled }),
    );
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const made = await promisify(execFile)(process.execPath, [compiler, '--project', folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(made.stdout).toBe('');
  },
  120_000,
);

test('the fake serves the provider: a job is taken, asked for, its picture fetched, and charged once', async () => {
  const vendor = await createFakeExample({ pollsUntilDone: 3 });
  try {
    const tools = recordingTools(provider, server(vendor.url, provider.hosts), { key: 'test-key' });
    const submitted = await provider.submit(task, tools);
    if (submitted.state !== 'accepted') throw new Error('it is a queue');
    const check = () => provider.check!(submitted.job, tools);
    expect([await check(), await check()]).toEqual([{ state: 'waiting' }, { state: 'running' }]);
    const done = await check();
    if (done.state !== 'done' || done.result.pictures[0]?.from !== 'url') throw new Error('it is done');
    expect((await fetch(done.result.pictures[0].request.url)).headers.get('content-type')).toBe('image/png');
    expect(vendor.charges).toMatchObject([{ pictures: 1 }]);
    expect(vendor.requests.map(({ points }) => points[0])).toEqual([
      'submit',
      'status',
      'status',
      'status',
      'download',
    ]);
    vendor.fail({ kind: 'lost', on: 'status' });
    expect(await check()).toMatchObject({ state: 'lost' });
  } finally {
    await vendor.close();
  }
});

test('orders once, and gives what the vendor answers', async () => {
  const answers = [
    answer(200, { id: 'j1' }),
    answer(200, { status: 'running' }),
    answer(200, { status: 'succeeded', images: [{ url: 'https://cdn.example/1.png' }] }),
  ];
  const tools = recordingTools(provider, () => answers.shift()!, { key: 'k' });
  const submitted = await provider.submit(task, tools);
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
