import { createLogUpdate } from 'log-update';
import type { CleanUpReport, StorageReport, StorageUse, VerifyReport } from '#core/storage';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { clean, counted, fileSize, table, type Output } from '../print';

/** `seedloom store` */
export async function store(surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    const report = await engine.storage.report();
    if (output.json) output.data(report);
    else for (const line of reportLines(report)) output.line(line);
    return exit.done;
  });
}

/** What uses the data folder, a line for each use; what is not there at all has none. */
export function reportLines(report: StorageReport): string[] {
  const rows: [string, StorageUse, string][] = [
    ['results', report.results, 'picture'],
    ['taken in', report.takenIn, 'picture'],
    ['not in the database', report.others, 'picture'],
    ['previews', report.previews, 'file'],
    ['database', report.database, 'file'],
    ['damaged, set aside', report.damaged, 'file'],
    ['left over', report.leftOver, 'file'],
  ];
  const lines = rows
    .filter(([name, { count }]) => count > 0 || name === 'results')
    .map(([name, { count, bytes }, noun]) => [`  ${name}`, counted(count, noun), fileSize(bytes)]);
  return [clean(report.folder), ...table([...lines, ['  in all', '', fileSize(report.bytes)]])];
}

/** `seedloom store verify` */
export async function verifyStore(surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    const stop = new AbortController();
    const interrupt = () => stop.abort();
    process.once('SIGINT', interrupt);
    const progress = checkedSoFar(output);
    try {
      const report = await engine.storage.verify(progress.tell, stop.signal);
      progress.end();
      if (output.json) output.data(report);
      for (const line of verifyLines(report)) output.line(line);
      if (report.isStopped) return exit.cancelled;
      return report.damaged.length > 0 || report.database === 'damaged' ? exit.failed : exit.done;
    } finally {
      progress.end();
      process.off('SIGINT', interrupt);
    }
  });
}

function checkedSoFar(output: Output) {
  if (output.json || output.out.isTTY !== true) return { tell: () => undefined, end: () => undefined };
  const update = createLogUpdate(process.stdout);
  let told = -1;
  return {
    tell({ checked, of }: { checked: number; of: number }) {
      const percent = Math.floor((checked / of) * 100);
      if (percent !== told) update(`Checking: ${percent}% of ${counted(of, 'picture')}`);
      told = percent;
    },
    end: () => update.clear(),
  };
}

export function verifyLines({ checked, damaged, folder, database, isStopped }: VerifyReport): string[] {
  const of = (use: VerifyReport['damaged'][number]['use']) => damaged.filter((one) => one.use === use).length;
  const seen = `${counted(checked.count, 'picture')} (${fileSize(checked.bytes)})`;
  const lines = [isStopped ? `Stopped after ${seen}.` : `Checked ${seen}.`];
  if (damaged.length === 0) lines.push('Every one is as it was made.');
  else lines.push(`Set aside as damaged: ${counted(damaged.length, 'picture')}, now in ${clean(folder)}.`);
  if (of('result') > 0)
    lines.push(
      `  ${counted(of('result'), 'result')}: made again by the next run that needs it, at its price.`,
    );
  if (of('taken-in') > 0)
    lines.push(`  ${of('taken-in')} taken in: read again from the file, or chosen again where it is gone.`);
  if (of('other') > 0) lines.push(`  ${of('other')} that the database does not know.`);
  if (database === 'damaged')
    lines.push('The database has damaged pages. Copy the data folder, then make sure nothing is under way.');
  return lines;
}

export interface CleanUpOptions {
  olderThan?: number;
  keep?: number;
  dryRun?: boolean;
}

/** `seedloom store clean-up` */
export async function cleanUpStore(
  { olderThan, keep, dryRun = false }: CleanUpOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    const report = await engine.storage.cleanUp({
      dryRun,
      open: [],
      ...(olderThan === undefined ? {} : { olderThan: new Date(Date.now() - olderThan) }),
      ...(keep === undefined ? {} : { keepBytes: keep }),
    });
    if (output.json) output.data(report);
    else for (const line of cleanUpLines(report)) output.line(line);
    return exit.done;
  });
}

export function cleanUpLines({
  isDryRun,
  results,
  pictures,
  previews,
  leftOver,
  bytes,
  needed,
}: CleanUpReport): string[] {
  const parts = [
    ...(results === 0 ? [] : [`${counted(results, 'result')} with ${counted(pictures.count, 'picture')}`]),
    ...(previews.count === 0 ? [] : [counted(previews.count, 'preview')]),
    ...(leftOver.count === 0 ? [] : [counted(leftOver.count, 'left-over file')]),
  ];
  const what =
    parts.length === 0
      ? 'There is nothing to remove.'
      : `${isDryRun ? 'Would remove' : 'Removed'} ${parts.join(', ')}: ${fileSize(bytes)}.`;
  const kept =
    needed === 0 ? [] : [`Kept ${counted(needed, 'result')} that an open run, an open job or a pin needs.`];
  return [what, ...kept];
}

const ages = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const;
const sizes = { MB: 1e6, GB: 1e9, TB: 1e12 } as const;

/** `12h`, `30d`, `6w` as milliseconds; `undefined` for anything else. */
export function readAge(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([hdw])$/.exec(text.trim()) ?? [];
  return amount === undefined ? undefined : Number(amount) * ages[unit as keyof typeof ages];
}

/** `500MB`, `10GB`, `1.5 TB` as bytes; `undefined` for anything else. */
export function readSize(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*(MB|GB|TB)$/i.exec(text.trim()) ?? [];
  return amount === undefined ? undefined : Number(amount) * sizes[unit!.toUpperCase() as keyof typeof sizes];
}
