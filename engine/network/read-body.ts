import type { OnEvent, ServerSentEvent } from '#core/provider';
import { CallError } from './retry';
import { EventStreamReader } from './server-sent-events';

/** No picture of any model comes near this; a body beyond it is a mistake or an attack. */
const mostBytes = 256 * 1024 * 1024;

/** The body as it comes. `silence`: milliseconds it may be silent before `giveUp` is called, which must abort it. */
export async function* chunksOf(
  response: Response,
  quiet?: { silence: number; giveUp(): void },
): AsyncGenerator<Uint8Array, undefined> {
  const tooLarge = new CallError({
    code: 'answer-too-large',
    act: 'vendor',
    charge: 'possible',
    message: 'The answer is larger than 256 MB and was not read. Ask the service what it sends.',
  });
  let length = 0;
  const reader = response.body?.getReader();
  try {
    if (Number(response.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge;
    for (;;) {
      const timer = quiet === undefined ? undefined : setTimeout(() => quiet.giveUp(), quiet.silence);
      const chunk = await reader?.read().finally(() => clearTimeout(timer));
      if (chunk === undefined || chunk.done) return undefined;
      const part = chunk.value as Uint8Array;
      length += part.byteLength;
      if (length > mostBytes) throw tooLarge;
      yield part;
    }
  } finally {
    // Nothing of it is waited for any more; it may have broken already.
    reader?.cancel().catch(() => undefined);
  }
}

/** Tells every event, also what had come whole when the connection broke; throws afterwards what broke it. */
export async function readEvents(
  chunks: AsyncGenerator<Uint8Array, undefined>,
  onEvent: OnEvent,
): Promise<void> {
  const reader = new EventStreamReader();
  let cut: unknown;
  try {
    for (;;) {
      const chunk = await chunks.next().catch((error: unknown) => {
        cut = error;
        return undefined;
      });
      if (chunk === undefined || chunk.done === true) break;
      if (await tellEvents(reader.read(chunk.value), onEvent)) return;
    }
  } finally {
    await chunks.return(undefined);
  }
  if (!(await tellEvents(reader.end(), onEvent)) && cut !== undefined) throw cut;
}

/** Whether the last one was among them. */
export async function tellEvents(events: readonly ServerSentEvent[], onEvent: OnEvent): Promise<boolean> {
  for (const event of events) if ((await onEvent(event)) === 'last') return true;
  return false;
}
