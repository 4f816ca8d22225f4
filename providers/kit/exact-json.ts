import type { JsonValue } from '#core/json';

/**
 * JSON with whole numbers beyond 2^53, which a number cannot hold (ComfyUI's seeds go to 2^64 - 1). Such a one is read as
 * `{ "$integer": "18446744073709551615" }` and written as the digits it came with.
 */

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** As `JSON.parse`, and throws as it does. */
export function readExactJson(text: string): unknown {
  const marked = text.replaceAll(stringOrNumber, (token) =>
    /^-?\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `{"$integer":"${token}"}` : token,
  );
  return JSON.parse(marked);
}

/** As `JSON.stringify`. The quotes within a text are escaped, so none is taken for a number. */
export function exactJson(value: JsonValue): string {
  return JSON.stringify(value).replaceAll(/\{"\$integer":"(-?\d+)"\}/g, '$1');
}
