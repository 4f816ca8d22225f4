import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerSentEvent } from '#core/provider';
import { EventStreamReader } from '#engine/network/server-sent-events';

function read(body: string | Uint8Array, cuts: readonly number[] = []): ServerSentEvent[] {
  const bytes = Buffer.from(body as string);
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  const reader = new EventStreamReader();
  const events = places.slice(1).flatMap((end, index) => reader.read(bytes.subarray(places[index], end)));
  return [...events, ...reader.end()];
}

/** Any letters that a line can have. */
const words = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\r\n\u{d800}-\u{dfff}]/gu, ''));
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const noise = fc.constantFrom(': a comment', ':', 'id: 7', 'retry: 3000', 'unknown: field', 'word');
const written = fc.record({
  event: words,
  data: fc.array(words, { minLength: 1, maxLength: 4 }),
  noise: fc.array(noise, { maxLength: 2 }),
  end: lineEnd,
});

describe('a stream of events', () => {
  it('is read the same wherever it is cut, with any line ends', () => {
    fc.assert(
      fc.property(
        fc.array(written, { maxLength: 5 }),
        fc.boolean(),
        fc.array(fc.nat(), { maxLength: 12 }),
        (events, hasMark, cuts) => {
          const body = events
            .map(({ event, data, noise: lines, end }) =>
              [
                ...lines,
                ...(event === '' ? [] : [`event: ${event}`]),
                ...data.map((line) => `data: ${line}`),
                '',
                '',
              ].join(end),
            )
            // A LF after a CR would be one line end with it.
            .reduce(
              (all, next) => (all.endsWith('\r') && next.startsWith('\n') ? `${all}:\r${next}` : all + next),
              '',
            );
          expect(read(`${hasMark ? '\uFEFF' : ''}${body}`, cuts)).toEqual(
            events.map(({ event, data }) => ({
              event: event === '' ? 'message' : event,
              data: data.join('\n'),
            })),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is read the same byte by byte', () => {
    const body = 'event: a\r\ndata: für 猫 🚲\r\n\r\ndata:x\rdata: y\r\rdata\n\n';
    const all = Array.from({ length: Buffer.byteLength(body) }, (_, place) => place);
    const events = [
      { event: 'a', data: 'für 猫 🚲' },
      { event: 'message', data: 'x\ny' },
      { event: 'message', data: '' },
    ];
    expect(read(body)).toEqual(events);
    expect(read(body, all)).toEqual(events);
  });

  it.each([
    ['nothing', '', []],
    ['comments only', ': ping\n\n: ping\n\n', []],
    ['a name without data is no event', 'event: a\n\ndata: 1\n\n', [{ event: 'message', data: '1' }]],
    ['one space goes, more stay', 'data:  two\n\n', [{ event: 'message', data: ' two' }]],
    ['a colon in the data', 'data: {"a":"b"}\n\n', [{ event: 'message', data: '{"a":"b"}' }]],
    ['the last name counts', 'event: a\nevent: b\ndata: 1\n\n', [{ event: 'b', data: '1' }]],
    ['what stands without its end is kept', 'event: a\ndata: 1', [{ event: 'a', data: '1' }]],
    [
      'bytes that are no letters',
      Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0x0a, 0x0a]),
      [{ event: 'message', data: '\uFFFD' }],
    ],
  ])('%s', (_name, body, events) => expect(read(body)).toEqual(events));

  it('gives an event as soon as it is whole', () => {
    const reader = new EventStreamReader();
    expect(reader.read(Buffer.from('data: 1\n'))).toEqual([]);
    expect(reader.read(Buffer.from('\r\n'))).toEqual([{ event: 'message', data: '1' }]);
    expect(reader.end()).toEqual([]);
  });
});
