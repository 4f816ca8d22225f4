import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { userFailure } from '#core/failure';
import { initialSettings } from '#core/settings';
import type { QueueState } from '#core/queue';
import type { FromEngine, ToEngine } from '../../../electron/engine-calls';
import { createEngineProcess } from '../../../electron/main/engine-process';

class Child {
  readonly sent: ToEngine[] = [];
  readonly #listeners: { message: ((message: FromEngine) => void)[]; exit: ((code: number) => void)[] } = {
    message: [],
    exit: [],
  };
  killed = false;
  postMessage = (message: ToEngine) => void this.sent.push(message);
  on(event: 'message' | 'exit', listener: ((message: FromEngine) => void) & ((code: number) => void)) {
    this.#listeners[event].push(listener);
  }
  kill = () => {
    this.killed = true;
  };
  tell(message: FromEngine) {
    for (const listener of this.#listeners.message) listener(message);
  }
  die(code: number) {
    for (const listener of this.#listeners.exit) listener(code);
  }
  get calls() {
    return this.sent.filter((message) => message.kind === 'call');
  }
}

function start({ begins = true } = {}) {
  const children: Child[] = [];
  let now = 0;
  const onTrouble = vi.fn();
  const onRun = vi.fn();
  const onQueue = vi.fn();
  let secret = 'old';
  const engine = createEngineProcess({
    dataFolder: '/data',
    fork() {
      const child = new Child();
      children.push(child);
      return child;
    },
    values: () => ({ settings: initialSettings, secrets: { 'fal.key': secret } }),
    lastWords: () => 'it hurts',
    onRun,
    onQueue,
    onPods: vi.fn(),
    onTrouble,
    onStorage: vi.fn(),
    now: () => now,
    closeCeiling: 5000,
  });
  if (begins) engine.begin();
  return {
    engine,
    children,
    child: (index = 0) => children[index]!,
    onTrouble,
    onRun,
    onQueue,
    setSecret: (value: string) => (secret = value),
    wait: (milliseconds: number) => (now += milliseconds),
  };
}

describe('the engine process', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is forked once, by the first call', async () => {
    const { engine, children, child } = start({ begins: false });
    expect(children).toHaveLength(0);
    const runs = engine.call('runs', null);
    engine.begin();
    expect(children).toHaveLength(1);
    expect(child().sent.map(({ kind }) => kind)).toEqual(['start', 'call']);
    child().tell({ kind: 'answer', id: 1, answer: { ok: true, value: [] } });
    expect(await runs).toEqual([]);
  });

  it('is forked without a call when it is begun', () => {
    const { engine, children } = start({ begins: false });
    engine.begin();
    engine.begin();
    expect(children).toHaveLength(1);
  });

  it('that is closed before it is begun is never forked', async () => {
    const { engine, children } = start({ begins: false });
    await engine.close();
    engine.begin();
    await expect(engine.call('runs', null)).rejects.toMatchObject({ failure: { code: 'closing' } });
    expect(children).toHaveLength(0);
  });

  it('is given what it needs and asked by number', async () => {
    const { engine, child } = start();
    expect(child().sent).toEqual([
      {
        kind: 'start',
        dataFolder: '/data',
        values: { settings: initialSettings, secrets: { 'fal.key': 'old' } },
      },
    ]);
    const first = engine.call('pictureFile', { hash: 'a' });
    const second = engine.call('pictureFile', { hash: 'b' });
    const [one, two] = child().calls.map(({ id }) => id);
    child().tell({ kind: 'answer', id: two ?? 0, answer: { ok: true, value: '/b' } });
    child().tell({ kind: 'answer', id: one ?? 0, answer: { ok: false, failure: userFailure('x', 'No.') } });
    expect(await second).toBe('/b');
    await expect(first).rejects.toMatchObject({ failure: { code: 'x' } });
  });

  it('hands on runs and trouble, and hears of changed values', () => {
    const { engine, child, onRun, onQueue, onTrouble, setSecret } = start();
    child().tell({ kind: 'run', events: [] });
    expect(onRun).toHaveBeenCalledWith([]);
    const state: QueueState = { paused: true, underWay: null, waiting: [], worker: 'this' };
    child().tell({ kind: 'queue', state });
    expect(onQueue).toHaveBeenCalledWith(state);
    child().tell({ kind: 'trouble', failure: userFailure('x', 'No.') });
    expect(onTrouble.mock.calls[0]?.[0]).toMatchObject({ code: 'x' });
    setSecret('new');
    engine.refresh();
    expect(child().sent.at(-1)).toMatchObject({ kind: 'values', values: { secrets: { 'fal.key': 'new' } } });
  });

  it('is started again after a crash; what was asked fails with words', async () => {
    const { engine, children, child, onTrouble } = start();
    const asked = engine.call('runs', null);
    child().die(139);
    await expect(asked).rejects.toMatchObject({ failure: { code: 'engine-stopped', charge: 'possible' } });
    expect(onTrouble.mock.calls[0]?.[0]).toMatchObject({ detail: 'exit code 139\nit hurts' });
    expect(children).toHaveLength(2);
    const again = engine.call('runs', null);
    child(1).tell({ kind: 'answer', id: child(1).calls[0]?.id ?? 0, answer: { ok: true, value: [] } });
    expect(await again).toEqual([]);
  });

  it('is given up when it crashes three times in a minute, not more slowly', async () => {
    const { engine, children, child, wait } = start();
    child(0).die(1);
    wait(40_000);
    child(1).die(1);
    wait(40_000);
    child(2).die(1);
    expect(children).toHaveLength(4);
    child(3).die(1);
    expect(children).toHaveLength(4);
    await expect(engine.call('runs', null)).rejects.toMatchObject({ failure: { code: 'engine-stopped' } });
  });

  it('ends when it is asked to, and is not taken for crashed', async () => {
    const { engine, children, child, onTrouble } = start();
    const closed = engine.close();
    expect(child().sent.at(-1)).toEqual({ kind: 'close' });
    await expect(engine.call('runs', null)).rejects.toMatchObject({ failure: { code: 'closing' } });
    child().die(0);
    await closed;
    expect(children).toHaveLength(1);
    expect(child().killed).toBe(false);
    expect(onTrouble).not.toHaveBeenCalled();
  });

  it('is killed when it does not end', async () => {
    const { engine, child } = start();
    const closed = engine.close();
    vi.advanceTimersByTime(4999);
    expect(child().killed).toBe(false);
    vi.advanceTimersByTime(1);
    await closed;
    expect(child().killed).toBe(true);
  });
});
