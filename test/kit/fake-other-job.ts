import type { RecordedRequest } from './fake-vendor';

/** Where the links of another job's pictures lead; whoever asks for it has taken another job's result. */
export const otherPicture = '/picture-of-another-job';

/**
 * An answer as it would be about another job: every id of the request that the answer repeats, as a value or as the name of
 * a field, is another one, and its links lead to another job's picture. `undefined` where the answer names no job at all:
 * then nobody can tell.
 */
export function aboutAnotherJob(body: Buffer, request: RecordedRequest, origin: string): Buffer | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  const ids = new Set(idsOf(request));
  let isNamed = false;
  const otherId = (id: string) => {
    isNamed = true;
    return `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
  };
  const other = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') {
      // A model's name may be in the address and in the answer too.
      if (ids.has(value) && /id$/i.test(name)) {
        return otherId(value);
      }
      return value.startsWith('http') ? `${origin}${otherPicture}` : value;
    }
    if (Array.isArray(value)) return value.map((each) => other(each, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [ids.has(key) ? otherId(key) : key, other(inner, key)]),
    );
  };
  const changed = other(answer);
  return isNamed ? Buffer.from(JSON.stringify(changed)) : undefined;
}

/** What may be a job's id in a request: parts of its address, texts of its body. */
function idsOf({ path, query, body }: RecordedRequest): string[] {
  return [...path.split('/'), ...Object.values(query), ...textsOf(body)].filter((text) => text.length >= 8);
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
