import { WebSocket } from 'ws';
import type { Socket, SocketHandlers } from '#core/provider';
import type { Clock } from '../contract';
import { backOff } from './retry';

/** A connection that held so long, milliseconds, was a good one: the next cut is the first one again. */
const goodLife = 30_000;

/**
 * A websocket that is joined anew whenever it is cut, ever more slowly, until it is closed. Progress only: whatever goes
 * wrong with it is quiet, and polling goes on. `onOpen` and `onClose` come at every joining and every cut.
 */
export function rejoiningSocket(
  url: string,
  handlers: SocketHandlers,
  headers: Record<string, string>,
  clock: Clock,
): Socket {
  const ended = new AbortController();
  let tried = 0;
  let socket = join();

  function join(): WebSocket {
    let openedAt: number | undefined;
    const joined = new WebSocket(url, { headers, handshakeTimeout: 10_000, maxPayload: 64 * 1024 * 1024 });
    joined.on('open', () => {
      openedAt = clock.now();
      handlers.onOpen?.();
    });
    joined.on('message', (data, isBinary) => {
      const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
      if (isBinary) handlers.onBinary?.(bytes);
      else handlers.onText(bytes.toString('utf8'));
    });
    joined.on('error', () => undefined);
    joined.on('close', () => {
      if (openedAt !== undefined) handlers.onClose();
      if (openedAt !== undefined && clock.now() - openedAt >= goodLife) tried = 0;
      void rejoin();
    });
    return joined;
  }

  async function rejoin(): Promise<void> {
    if (ended.signal.aborted) return;
    tried += 1;
    await clock.sleep(backOff(tried, undefined), ended.signal);
    if (!ended.signal.aborted) socket = join();
  }

  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    close: () => {
      ended.abort();
      socket.close();
    },
  };
}
