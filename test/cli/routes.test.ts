import { afterEach, beforeEach, expect, it } from 'vitest';
import { commandLine, workflow, type CommandLine } from './command-line';

let line: CommandLine;
beforeEach(() => {
  line = commandLine();
});
afterEach(() => line.remove());

interface Listed {
  id: string;
  cancels: boolean;
  models: { id: string; ownPrice: number | null; seen: { seconds: number; receipts: number } | null }[];
}

it('lists what each route costs, can do, and how fast it has been here', async () => {
  const listed = async () => {
    const { out, code } = await line.seedloom('providers', '--json');
    expect(code).toBe(0);
    const all = JSON.parse(out) as Listed[];
    return { all, sandbox: all.find(({ id }) => id === 'sandbox')?.models[0] };
  };
  const before = await listed();
  expect(before.sandbox).toMatchObject({ seen: null, ownPrice: null });
  expect(before.all.find(({ id }) => id === 'fal')?.cancels).toBe(true);
  expect(before.all.find(({ id }) => id === 'byteplus')?.cancels).toBe(false);

  const file = line.write('free.seedloom', workflow([['make', 'generate', { prompt: 'a cat' }]]));
  expect((await line.seedloom('run', file)).code).toBe(0);
  const after = await listed();
  expect(after.sandbox?.seen?.receipts).toBe(1);
  expect(after.sandbox?.seen?.seconds).toBeGreaterThan(0);

  const { out } = await line.seedloom('providers');
  const rowOf = (route: string) => out.split('\n').find((row) => row.startsWith(`${route} `));
  expect(out.split('\n')[0]).toMatch(/^route +tasks +a picture +references +sizes/);
  expect(rowOf('fal/seedream-4.5')).toMatch(
    /\$0\.04 .*3\.7–16\.8 MP to 16:1 .*not used yet +Collected by ticket$/,
  );
  expect(rowOf('sandbox/picture')).toMatch(/free .*\(1\)/);
});
