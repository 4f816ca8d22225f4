import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimulatedClock } from './simulated-clock';

export interface FakeModel {
  bytes: Uint8Array;
  /** Refused with this status. */
  status?: number;
  /** So many bytes, and the connection breaks: of each connection, one after the other. */
  cuts?: number[];
  /** Bytes a simulated minute; all at once when left out. */
  perMinute?: number;
  /** Begins anew each time, whatever part is asked for. */
  isDeaf?: boolean;
}

export interface FakeModelSite {
  url: string;
  models: Map<string, FakeModel>;
  /** `path from`: where each answer began. */
  asked: string[];
  close(): Promise<void>;
}

/** A site that serves large files in parts, as slowly as the simulated time wants it. */
export async function startFakeModelSite(clock: SimulatedClock): Promise<FakeModelSite> {
  const models = new Map<string, FakeModel>();
  const asked: string[] = [];

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').slice(1);
    const model = models.get(path);
    const from =
      model?.isDeaf === true ? 0 : Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    asked.push(`${path} ${from}`);
    if (model === undefined) return void response.writeHead(404).end();
    if (model.status !== undefined) return void response.writeHead(model.status).end('no');
    const { bytes } = model;
    if (from > 0 && from >= bytes.length)
      return void response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    const isPart = from > 0;
    response.writeHead(isPart ? 206 : 200, {
      'content-length': bytes.length - from,
      ...(isPart ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    const cut = model.cuts?.shift();
    const end = cut === undefined ? bytes.length : Math.min(bytes.length, from + cut);
    const close = () => (cut === undefined ? response.end() : response.destroy());
    if (model.perMinute === undefined) return void response.write(bytes.subarray(from, end), close);
    const step = Math.ceil(model.perMinute / 4);
    const send = (at: number): void => {
      if (response.destroyed) return;
      const next = Math.min(end, at + step);
      response.write(bytes.subarray(at, next), () => {
        if (next === end) close();
        else clock.after(15_000, () => send(next));
      });
    };
    send(from);
  }

  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    models,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
