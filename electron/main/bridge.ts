import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { BridgeAnswer, BridgeCall } from '#core/ipc';
import { callChannel } from '../channels';
import { answerCalls, type BridgeHandlers } from './answer-calls';
import { pageAddress } from './protocol';

/** Answers the window's calls on one channel; any other page or frame is refused. */
export function serveBridge(window: () => BrowserWindow | undefined, handlers: BridgeHandlers): void {
  const answer = answerCalls(handlers, (message) => console.error(message));
  ipcMain.handle(callChannel, async (event, name: unknown, input: unknown) => {
    if (isTrusted(event, window())) return answer(name, input);
    const failure = {
      code: 'refused-sender',
      act: 'us',
      charge: 'none',
      message: 'This page may not call Seedloom.',
    } as const;
    return { ok: false, failure } satisfies BridgeAnswer<BridgeCall>;
  });
}

function isTrusted(event: IpcMainInvokeEvent, window: BrowserWindow | undefined): boolean {
  const { senderFrame } = event;
  return (
    window !== undefined &&
    senderFrame !== null &&
    senderFrame === window.webContents.mainFrame &&
    senderFrame.url.split(/[?#]/)[0] === pageAddress
  );
}
