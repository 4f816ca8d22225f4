import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteState } from '#core/provider';
import { CallError } from '#engine/network/retry';
import { engineBench, LeapingClock, type EngineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { scriptedProvider, type ScriptedProvider } from '#test/kit/scripted-provider';
import { small } from '#test/kit/small-catalogue';

const hour = 3_600_000;

let folder: ReturnType<typeof temporaryFolder>;
let vendor: ScriptedProvider;
let bench: EngineBench;
/** What the vendor's job is at a time since its first question, milliseconds. */
let stateAt: (since: number) => 'running' | 'done' | 'unreachable' | 'down';
let asked: number[];

/** Time that is set by somebody else in the middle of a wait. */
class JumpingClock extends LeapingClock {
  jumps: number[] = [];
  #shift = 0;

  override now(): number {
    return super.now() + this.#shift;
  }

  override async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.#shift += this.jumps.shift() ?? 0;
    await super.sleep(milliseconds, signal);
  }
}

let clock: JumpingClock;

beforeEach(async () => {
  folder = temporaryFolder();
  vendor = await scriptedProvider();
  clock = new JumpingClock();
  asked = [];
  stateAt = () => 'done';
  const { check } = vendor.provider;
  vendor.provider.check = async (job, tools): Promise<RemoteState> => {
    const now = clock.now();
    asked.push(now);
    const state = stateAt(now - asked[0]!);
    if (state === 'done') return check!(job, tools);
    if (state === 'running') return { state: 'running' };
    throw new CallError(
      { code: state, act: state === 'down' ? 'wait' : 'user', charge: 'none', message: 'No answer.' },
      undefined,
      true,
    );
  };
  bench = await engineBench(folder.path, [vendor.provider], { clock });
});

afterEach(async () => {
  await bench.engine.close();
  await vendor.close();
  folder.remove();
});

const document = () => small([['make', 'make', { prompt: 'a cat' }]]);

describe('a job that takes its time', () => {
  it('of ten hours is waited for, ever more rarely', async () => {
    stateAt = (since) => (since < 10 * hour ? 'running' : 'done');
    expect((await bench.run(document())).outcome).toBe('done');
    const pauses = asked.slice(1).map((at, place) => at - asked[place]!);
    expect(pauses.every((pause, place) => place === 0 || pause >= pauses[place - 1]! - 1)).toBe(true);
    expect(asked.length).toBeLessThan(1_500);
    expect(vendor.shop.charges).toHaveLength(1);
  });

  it.each(['unreachable', 'down'] as const)(
    'whose vendor is %s for three hours is collected after',
    async (trouble) => {
      stateAt = (since) => (since < 3 * hour ? trouble : 'done');
      expect((await bench.run(document())).outcome).toBe('done');
      expect(vendor.shop.charges).toHaveLength(1);
    },
  );

  it('is collected after the computer slept for a night', async () => {
    clock.jumps = [0, 9 * hour];
    stateAt = (since) => (since < 20_000 ? 'running' : 'done');
    expect((await bench.run(document())).outcome).toBe('done');
    expect(asked.length).toBeLessThan(8);
  });

  it('is collected when the clock is set back by a day, and the journal keeps its order', async () => {
    clock.jumps = [0, -24 * hour];
    let left = 5;
    stateAt = () => (left-- > 0 ? 'running' : 'done');
    const { outcome, events } = await bench.run(document());
    expect(outcome).toBe('done');
    const numbers = bench.engine.show(events[0]!.run)!.map((event) => ('seq' in event ? event.seq : -1));
    expect(numbers).toEqual(numbers.map((_, place) => place));
  });
});
