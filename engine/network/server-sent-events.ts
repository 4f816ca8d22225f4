import type { ServerSentEvent } from '#core/provider';

/**
 * Reads a body of type `text/event-stream` as it comes (the event stream format of the HTML standard), cut anywhere, also
 * in the middle of a letter. `id` and `retry` say how to connect again, which nobody does with a paid request; they are
 * passed over.
 */
export class EventStreamReader {
  // It takes the byte order mark away, too.
  readonly #decoder = new TextDecoder();
  /** The line that is not at its end yet. */
  #line = '';
  /** The last chunk ended with a CR: a LF that comes now belongs to it. */
  #isAfterReturn = false;
  #event = '';
  #data: string[] = [];

  /** The events that are whole with this chunk. */
  read(chunk: Uint8Array): ServerSentEvent[] {
    return this.#take(this.#decoder.decode(chunk, { stream: true }));
  }

  /**
   * Nothing more comes: what stands in an event without its last empty line. The standard throws that away; what is paid
   * for may be in it.
   */
  end(): ServerSentEvent[] {
    return this.#take(`${this.#decoder.decode()}\n\n`);
  }

  #take(text: string): ServerSentEvent[] {
    const events: ServerSentEvent[] = [];
    let start = this.#isAfterReturn && text.startsWith('\n') ? 1 : 0;
    if (text !== '') this.#isAfterReturn = text.endsWith('\r');
    const lineEnds = /\r\n?|\n/g;
    lineEnds.lastIndex = start;
    for (let end = lineEnds.exec(text); end !== null; end = lineEnds.exec(text)) {
      const line = this.#line + text.slice(start, end.index);
      this.#line = '';
      start = lineEnds.lastIndex;
      const event = this.#lineRead(line);
      if (event !== undefined) events.push(event);
    }
    this.#line += text.slice(start);
    return events;
  }

  /** An empty line ends an event; one without data is none. */
  #lineRead(line: string): ServerSentEvent | undefined {
    if (line === '') {
      const event = { event: this.#event === '' ? 'message' : this.#event, data: this.#data.join('\n') };
      const isEvent = this.#data.length > 0;
      this.#event = '';
      this.#data = [];
      return isEvent ? event : undefined;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'event') this.#event = value;
    else if (field === 'data') this.#data.push(value);
    return undefined;
  }
}
