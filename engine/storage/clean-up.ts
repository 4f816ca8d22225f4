import { unlink } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { CleanUpReport } from '#core/storage';
import type { CleanUpLimits } from '../contract';
import type { ResultRow, Store } from '../store/store';
import { allResults, picturesOf } from './known-pictures';
import { hasNewRun, type Needed } from './needed';
import { pictureFiles, useOf, type PictureFile, type PictureFiles, type StoredFile } from './picture-files';

const day = 24 * 3600 * 1000;
/** So often a clean-up begins anew when a run was opened while it was looking. */
const mostLooks = 5;

interface Candidate {
  key: string;
  row: ResultRow;
  hashes: ReadonlySet<string>;
  lastUse: string;
}

interface Removal {
  results: Candidate[];
  pictures: PictureFile[];
  previews: PictureFile[];
  leftOver: StoredFile[];
  needed: number;
}

/**
 * Removes results that nothing needs, with their pictures and previews, and what cut writes have left. Pictures that were
 * taken in stay: a workflow file somewhere may name them.
 */
export async function cleanUp(
  parts: { store: Store; dataFolder: string; now: number },
  limits: CleanUpLimits,
  isDryRun: boolean,
  findNeeded: () => Promise<Needed>,
): Promise<CleanUpReport> {
  const { store, dataFolder } = parts;
  let needed = await findNeeded();
  let removal = await choose(parts, limits, needed, await pictureFiles(dataFolder));
  if (isDryRun) return reportOf(removal, true);
  for (let look = 1; hasNewRun(store, needed) && look < mostLooks; look += 1) {
    needed = await findNeeded();
    removal = await choose(parts, limits, needed, await pictureFiles(dataFolder));
  }
  return remove(store, removal);
}

async function choose(
  { store, now }: { store: Store; now: number },
  limits: CleanUpLimits,
  { keys, hashes, lastUse }: Needed,
  files: PictureFiles,
): Promise<Removal> {
  const takenIn = new Set(store.imageHashes());
  /** How many results have a picture. */
  const holders = new Map<string, number>();
  const candidates: Candidate[] = [];
  const held: Candidate[] = [];
  for await (const { key, row } of allResults(store)) {
    const pictures = picturesOf(row);
    for (const hash of pictures) holders.set(hash, (holders.get(hash) ?? 0) + 1);
    // A result without pictures takes no room to speak of.
    if (pictures.size === 0) continue;
    const used = lastUse.get(key) ?? '';
    const candidate = { key, row, hashes: pictures, lastUse: used > row.at ? used : row.at };
    const isNeeded = keys.has(key) || [...pictures].some((hash) => hashes.has(hash));
    (isNeeded ? held : candidates).push(candidate);
  }
  candidates.sort((left, right) =>
    left.lastUse < right.lastUse ? -1 : left.lastUse > right.lastUse ? 1 : 0,
  );

  const byHash = new Map(files.pictures.map((file) => [file.hash, file]));
  // Small copies of what is not there any more.
  const previews = [...files.previews].flatMap(([hash, list]) => (byHash.has(hash) ? [] : list));
  const leftOver = files.leftOver.filter(({ modified }) => modified < now - day);
  const results: Candidate[] = [];
  const pictures: PictureFile[] = [];
  let bytes =
    useOf(files.pictures).bytes + useOf([...files.previews.values()].flat()).bytes - useOf(previews).bytes;
  const before = limits.olderThan?.toISOString() ?? '';
  const most = limits.keepBytes ?? Infinity;
  const isDue = (candidate: Candidate) => candidate.lastUse < before || bytes > most;
  for (const candidate of candidates) {
    if (!isDue(candidate)) break;
    results.push(candidate);
    for (const hash of candidate.hashes) {
      const others = holders.get(hash)! - 1;
      holders.set(hash, others);
      const file = byHash.get(hash);
      if (others > 0 || takenIn.has(hash) || file === undefined) continue;
      const small = files.previews.get(hash) ?? [];
      pictures.push(file);
      previews.push(...small);
      bytes -= file.bytes + useOf(small).bytes;
    }
  }
  return { results, pictures, previews, leftOver, needed: held.filter(isDue).length };
}

/** Files first: when this is cut, what is left is a result whose picture is gone, which is made again. */
async function remove(store: Store, removal: Removal): Promise<CleanUpReport> {
  const pictures = await removeFiles(removal.pictures);
  const previews = await removeFiles(removal.previews);
  const leftOver = await removeFiles(removal.leftOver);
  let results = 0;
  for (let from = 0; from < removal.results.length; from += 200) {
    const some = removal.results.slice(from, from + 200);
    results += await store.together(() => {
      // One that was made anew meanwhile is another result.
      const same = some.filter(({ key, row }) => store.result(key)?.at === row.at);
      for (const { key } of same) store.removeResult(key);
      return same.length;
    });
  }
  return reportOf({ ...removal, pictures, previews, leftOver }, false, results);
}

/** Gives those that are gone; one that another program holds open stays. */
async function removeFiles<F extends StoredFile>(files: readonly F[]): Promise<F[]> {
  const gone: F[] = [];
  for (const [place, file] of files.entries()) {
    const isGone = await unlink(file.path).then(
      () => true,
      () => false,
    );
    if (isGone) gone.push(file);
    if (place % 500 === 499) await setImmediate();
  }
  return gone;
}

function reportOf(removal: Removal, isDryRun: boolean, results = removal.results.length): CleanUpReport {
  const pictures = useOf(removal.pictures);
  const previews = useOf(removal.previews);
  const leftOver = useOf(removal.leftOver);
  return {
    isDryRun,
    results,
    pictures,
    previews,
    leftOver,
    bytes: pictures.bytes + previews.bytes + leftOver.bytes,
    needed: removal.needed,
  };
}
