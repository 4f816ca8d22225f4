import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bridge } from '#core/ipc';

const electron = vi.hoisted(() => ({
  contextBridge: { exposeInMainWorld: vi.fn() },
  ipcRenderer: { invoke: vi.fn(), on: vi.fn(), off: vi.fn() },
  webUtils: { getPathForFile: vi.fn() } as { getPathForFile: ReturnType<typeof vi.fn> } | undefined,
}));
vi.mock('electron', () => electron);

async function exposed(): Promise<Bridge> {
  vi.resetModules();
  electron.contextBridge.exposeInMainWorld.mockClear();
  await import('../../../electron/preload');
  expect(electron.contextBridge.exposeInMainWorld).toHaveBeenCalledTimes(1);
  const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as [string, Bridge];
  expect(name).toBe('seedloom');
  return bridge;
}

describe('the preload script', () => {
  beforeEach(() => vi.clearAllMocks());

  it('exposes three functions and nothing else', async () => {
    const bridge = await exposed();
    expect(Object.entries(bridge).map(([name, member]) => [name, typeof member])).toEqual([
      ['call', 'function'],
      ['listen', 'function'],
      ['pathOfFile', 'function'],
    ]);
  });

  it('calls on one channel', async () => {
    const bridge = await exposed();
    electron.ipcRenderer.invoke.mockResolvedValue({ ok: true, value: [] });
    expect(await bridge.call('run.list', {})).toEqual({ ok: true, value: [] });
    expect(electron.ipcRenderer.invoke).toHaveBeenCalledWith('seedloom:call', 'run.list', {});
  });

  it('hands on events without the sender, and stops', async () => {
    const bridge = await exposed();
    const heard = vi.fn();
    const stop = bridge.listen(heard);
    const [channel, receive] = electron.ipcRenderer.on.mock.calls[0] as [
      string,
      (...args: unknown[]) => void,
    ];
    receive({ sender: 'secret' }, { type: 'recent', recent: [] });
    expect(heard.mock.calls).toEqual([[{ type: 'recent', recent: [] }]]);
    expect(stop()).toBeUndefined();
    expect(electron.ipcRenderer.off).toHaveBeenCalledWith(channel, receive);
  });

  it('asks for the path of a file in the way there is', async () => {
    const file = new File([], 'a.png');
    electron.webUtils = { getPathForFile: vi.fn(() => '/pictures/a.png') };
    expect((await exposed()).pathOfFile(file)).toBe('/pictures/a.png');
    electron.webUtils = undefined;
    const older = await exposed();
    expect(older.pathOfFile(Object.assign(file, { path: '/older/a.png' }))).toBe('/older/a.png');
    expect(older.pathOfFile(new File([], 'made here'))).toBe('');
    expect(older.pathOfFile('/etc/passwd')).toBe('');
  });
});
