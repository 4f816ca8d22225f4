import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';

/** ComfyUI's websocket: one socket a client id, and nothing is kept for a client that is away. */

interface Client {
  socket: WebSocket;
  previewMetadata: boolean;
}

export interface PreviewFrame {
  nodeId: string;
  promptId: string;
  jpeg: Buffer;
}

export class ComfyuiSockets {
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #clients = new Map<string, Client>();
  readonly #features: unknown;
  readonly #greet: (sid: string) => { type: string; data: unknown }[];

  /** `greet` gives what a socket hears first. */
  constructor(features: unknown, greet: (sid: string) => { type: string; data: unknown }[]) {
    this.#features = features;
    this.#greet = greet;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const sid = new URL(request.url ?? '/', 'http://fake').searchParams.get('clientId') ?? '';
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#welcome(socket, sid || randomUUID()));
  }

  #welcome(socket: WebSocket, sid: string): void {
    const client: Client = { socket, previewMetadata: false };
    this.#clients.set(sid, client);
    let first = true;
    socket.on('message', (data, isBinary) => {
      if (!first || isBinary) return;
      first = false;
      const message = asObject(String(data));
      if (message?.['type'] !== 'feature_flags') return;
      const flags = message['data'] as Record<string, unknown> | undefined;
      client.previewMetadata = flags?.['supports_preview_metadata'] === true;
      socket.send(JSON.stringify({ type: 'feature_flags', data: this.#features }));
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      if (this.#clients.get(sid) === client) this.#clients.delete(sid);
    });
    for (const message of this.#greet(sid)) socket.send(JSON.stringify(message));
  }

  /** To one client, or to nobody when it is away or the prompt named none. */
  send(clientId: string | undefined, type: string, data: unknown): void {
    this.#clients.get(clientId ?? '')?.socket.send(JSON.stringify({ type, data }));
  }

  broadcast(type: string, data: unknown): void {
    for (const { socket } of this.#clients.values()) socket.send(JSON.stringify({ type, data }));
  }

  /** Event 4 for a client that said it understands it, else event 1. */
  preview(clientId: string | undefined, frame: PreviewFrame): void {
    const client = this.#clients.get(clientId ?? '');
    if (!client) return;
    if (!client.previewMetadata) {
      client.socket.send(Buffer.concat([u32(1), u32(1), frame.jpeg]));
      return;
    }
    const metadata = Buffer.from(
      JSON.stringify({
        node_id: frame.nodeId,
        prompt_id: frame.promptId,
        display_node_id: frame.nodeId,
        parent_node_id: null,
        real_node_id: frame.nodeId,
        image_type: 'image/jpeg',
      }),
    );
    client.socket.send(Buffer.concat([u32(4), u32(metadata.length), metadata, frame.jpeg]));
  }

  /** Cuts every connection without a word, as a restart or a proxy does. */
  drop(): void {
    for (const { socket } of this.#clients.values()) socket.terminate();
    this.#clients.clear();
  }

  close(): void {
    this.drop();
    this.#server.close();
  }
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function asObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
