import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setRoute } from '#core/document/edit';
import { pinStep, setNodeMode } from '#core/document/edit-modes';
import type { RunEvent } from '#core/run';
import { engineBench, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { documentOf, meantCharges, randomGraph } from '#test/kit/random-modes';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small, smallModel } from '#test/kit/small-catalogue';

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench;

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await scriptedProvider({ models: [{ ...smallModel, maxReferences: 1_000 }] });
  bench = await engineBench(folder.path, [vendor.provider]);
});

afterEach(async () => {
  await bench.engine.close();
  await vendor.close();
  folder.remove();
});

const finished = (events: RunEvent[]) =>
  events.filter(
    (event): event is Extract<RunEvent, { type: 'step-finished' }> => event.type === 'step-finished',
  );

describe('muted and bypassed nodes', () => {
  it('are never paid for, and everything else that can run does, once', { timeout: 240_000 }, async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(randomGraph, async (graph) => {
        number += 1;
        const name = `graph${number}`;
        const off = documentOf(graph, name);
        const meant = meantCharges(graph, name);
        vendor.shop.charges.length = 0;
        expect((await bench.run(off)).outcome).toBe('done');
        expect(vendor.shop.charges.toSorted()).toEqual(meant);
        // Once more: nothing is left to pay for.
        await bench.run(off);
        expect(vendor.shop.charges).toHaveLength(meant.length);
      }),
      { numRuns: 100 },
    );
  });

  it('are made when they are let work again, and nothing is paid twice', async () => {
    const chain = small(
      [
        ['make', 'make', { prompt: 'first' }],
        ['change', 'change', { prompt: 'second' }],
      ],
      ['make.image > change.images'],
    );
    await bench.run(setNodeMode(chain, 'change', 'mute'));
    expect(vendor.shop.charges).toEqual(['first']);
    await bench.run(chain);
    expect(vendor.shop.charges).toEqual(['first', 'second']);
  });
});

describe('a pinned step', () => {
  const pets = (lines: string) =>
    small(
      [
        ['words', 'words', { lines }],
        ['make', 'make'],
        ['shrink', 'shrink'],
      ],
      ['words.text > make.prompt', 'make.image > shrink.image'],
    );

  it('is given as it is, and only the others are made', async () => {
    const { events } = await bench.run(pets('a cat\na dog\na hen'));
    const dog = finished(events).find(({ step }) => step === 'make#1')!.outputs;
    const document = pinStep(pets('a cow\na pig\na sow'), 'make', '1', dog);
    vendor.shop.charges.length = 0;
    const again = await bench.run(document);
    expect(again.outcome).toBe('done');
    expect(vendor.shop.charges.toSorted()).toEqual(['a cow', 'a sow']);
    expect(finished(again.events).find(({ step }) => step === 'make#1')).toMatchObject({
      outputs: dog,
      reused: true,
      price: 0,
    });
    // Its picture is shrunk already.
    expect(finished(again.events).find(({ step }) => step === 'shrink#1')!.reused).toBe(true);
  });

  it('goes on although what it was made from fails, and its route is gone', async () => {
    const chain = (prompt: string) =>
      small(
        [
          ['make', 'make', { prompt }],
          ['change', 'change'],
          ['shrink', 'shrink'],
        ],
        ['make.image > change.images', 'change.image > shrink.image'],
      );
    const { events } = await bench.run(chain('a cat'));
    const changed = finished(events).find(({ step }) => step === 'change#0')!.outputs;
    vendor.shop.charges.length = 0;
    vendor.shop.faults.push({ kind: 'answer', status: 400 });
    const pinned = setRoute(pinStep(chain('a fox'), 'change', '0', changed), 'change', 'nowhere/none');
    const again = await bench.run(pinned);
    expect(again.outcome).toBe('failed');
    expect(finished(again.events).map(({ step }) => step)).toEqual(['change#0', 'shrink#0']);
    expect(vendor.shop.charges).toEqual([]);
  });

  it('whose picture is gone is refused before anything is sent', async () => {
    const { events } = await bench.run(pets('a cat\na dog'));
    const dog = finished(events).find(({ step }) => step === 'make#1')!.outputs;
    const [image] = dog['image'] as { hash: string }[];
    rmSync(bench.engine.pictureFile(image!.hash)!);
    vendor.shop.charges.length = 0;
    const started = await bench.engine.start(bench.request(pinStep(pets('a cow\na pig'), 'make', '1', dog)));
    expect(started).toMatchObject({ ok: false, issues: [{ code: 'pinned-missing' }] });
    expect(vendor.shop.charges).toEqual([]);
  });
});
