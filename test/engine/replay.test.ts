import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkflowDocument } from '#core/document/schema';
import type { Provider } from '#core/provider';
import type { RunEvent } from '#core/run';
import { isImageRef } from '#core/values';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small, smallModel } from '#test/kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let elsewhere: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let document: WorkflowDocument;

beforeEach(async () => {
  folder = temporaryFolder();
  elsewhere = temporaryFolder();
  vendor = await scriptedProvider({ models: [{ ...smallModel, maxReferences: 14 }] });
  const photo = join(folder.path, 'photo.png');
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a05020' } }).toFile(photo);
  document = small(
    [
      ['words', 'words', { lines: 'a cat\na dog\na bird' }],
      ['photo', 'picture', { file: { name: 'photo.png', path: 'photo.png' } }],
      ['make', 'make', { count: 2 }],
      ['change', 'change'],
      ['shrink', 'shrink'],
      ['write', 'write'],
    ],
    [
      'words.text > make.prompt',
      'photo.image > change.images',
      'make.image > change.images',
      'make.image > shrink.image',
      'shrink.image > write.image',
    ],
  );
});
afterEach(async () => {
  await vendor.close();
  folder.remove();
  elsewhere.remove();
});

/** The provider with every way out blocked; `calls` counts what was tried all the same. */
function blocked(): { provider: Provider; calls: string[] } {
  const calls: string[] = [];
  const refuse = (call: string) => (): never => {
    calls.push(call);
    throw new Error(`the network is blocked: ${call}`);
  };
  const provider: Provider = {
    ...vendor.provider,
    submit: refuse('submit'),
    check: refuse('check'),
    cancel: refuse('cancel'),
    watch: refuse('watch'),
    readError: refuse('readError'),
  };
  return { provider, calls };
}

/** Step and port → sha256 of each picture's bytes as they are on the disk, or the value itself. */
function outputsOf(bench: EngineBench, events: readonly RunEvent[]): Record<string, unknown> {
  const found = events.flatMap((event) =>
    event.type === 'step-finished'
      ? Object.entries(event.outputs).map(([port, items]) => [
          `${event.step} ${port}`,
          items.map((item) =>
            isImageRef(item)
              ? createHash('sha256')
                  .update(readFileSync(bench.engine.pictureFile(item.hash)!))
                  .digest('hex')
              : item,
          ),
        ])
      : [],
  );
  return Object.fromEntries(found) as Record<string, unknown>;
}

async function firstRun() {
  const bench = await engineBench(folder.path, [vendor.provider]);
  const { events, outcome } = await bench.run(document);
  expect(outcome).toBe('done');
  const outputs = outputsOf(bench, events);
  await bench.engine.close();
  // 3 words twice each, one edit of them all with the photograph, and what is done with each on this computer.
  expect(vendor.shop.charges).toHaveLength(7);
  expect(Object.keys(outputs)).toHaveLength(6 + 1 + 6 + 6);
  return outputs;
}

async function replayed(place: string, outFolder: string) {
  const { provider, calls } = blocked();
  const bench = await engineBench(place, [provider]);
  const { events, outcome, spent } = await bench.run(document, { folder: folder.path, outFolder });
  expect({ outcome, spent }).toEqual({ outcome: 'done', spent: 0 });
  const steps = events.filter((event) => event.type === 'step-finished' && event.key !== '');
  expect(steps.filter((event) => event.type === 'step-finished' && !event.reused)).toEqual([]);
  expect(events.filter(({ type }) => type.startsWith('job-'))).toEqual([]);
  const outputs = outputsOf(bench, events);
  await bench.engine.close();
  expect(calls).toEqual([]);
  return outputs;
}

describe('a finished workflow with the network blocked', () => {
  it('replays bit for bit, without one call', async () => {
    const outputs = await firstRun();
    await vendor.close();
    expect(await replayed(folder.path, join(folder.path, 'out'))).toEqual(outputs);
  });

  it('replays after the data folder was copied to another path and the first one is gone', async () => {
    const outputs = await firstRun();
    const asked = vendor.shop.requests.length;
    cpSync(join(folder.path, 'data'), join(elsewhere.path, 'data'), { recursive: true });
    rmSync(join(folder.path, 'data'), { recursive: true });
    expect(await replayed(elsewhere.path, join(folder.path, 'out'))).toEqual(outputs);
    expect(vendor.shop.requests).toHaveLength(asked);
  });

  it('would tell a call: a new picture is refused by the block', async () => {
    await firstRun();
    const { provider, calls } = blocked();
    const bench = await engineBench(folder.path, [provider]);
    const { outcome } = await bench.run(small([['make', 'make', { prompt: 'something new' }]]));
    await bench.engine.close();
    expect({ outcome, calls }).toEqual({ outcome: 'failed', calls: ['submit'] });
  });
});
