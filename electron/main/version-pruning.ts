import type { FileVersion } from '#core/file-version';

const hour = 3_600_000;
const day = 24 * hour;

/** Of a file's versions these many of the last saved ones are never dropped; nor is the newest of all. */
const savedForEver = 3;
/** All of the last day are kept, of the last month one an hour, of earlier times one a day. */
const allWithin = day;
const hourlyWithin = 30 * day;
/** Bytes of all versions of one file. */
export const mostVersionBytes = 64 * 1024 * 1024;

type Version = Pick<FileVersion, 'id' | 'at' | 'kind' | 'bytes'>;

/** The ids of versions that may go. `now` in milliseconds; the order of `versions` does not matter. */
export function versionsToDrop(
  versions: readonly Version[],
  now: number,
  mostBytes = mostVersionBytes,
): string[] {
  const newestFirst = [...versions].sort((left, right) =>
    left.at === right.at ? (left.id < right.id ? 1 : -1) : left.at < right.at ? 1 : -1,
  );
  const safe = new Set([
    ...newestFirst.slice(0, 1).map(({ id }) => id),
    ...newestFirst
      .filter(({ kind }) => kind === 'saved')
      .slice(0, savedForEver)
      .map(({ id }) => id),
  ]);
  const taken = new Set<string>();
  let bytes = newestFirst.filter(({ id }) => safe.has(id)).reduce((sum, version) => sum + version.bytes, 0);
  const dropped: string[] = [];
  for (const version of newestFirst) {
    const span = spanOf(version, now);
    const isFirst = span === undefined || !taken.has(span);
    if (span !== undefined) taken.add(span);
    if (safe.has(version.id)) continue;
    if (isFirst && bytes + version.bytes <= mostBytes) bytes += version.bytes;
    else dropped.push(version.id);
  }
  return dropped;
}

/** The stretch of time of which one version is kept; `undefined` where all are. */
function spanOf({ at }: Version, now: number): string | undefined {
  const age = now - Date.parse(at);
  if (age <= allWithin) return undefined;
  return age <= hourlyWithin ? at.slice(0, 13) : at.slice(0, 10);
}
