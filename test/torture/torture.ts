import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { recoveries, type Recovery } from '#core/provider';
import { printTable } from '#test/bench/table';
import { randomScript, torture, usualLife, type Figures } from './campaign';
import { killText } from './script';
import { tellStory, type StoryEnd } from './story';

const { values } = parseArgs({
  options: {
    worker: { type: 'string' },
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    recovery: { type: 'string', multiple: true, default: [...recoveries] },
    lanes: { type: 'string', default: String(availableParallelism()) },
    short: { type: 'boolean', default: false },
    random: { type: 'boolean', default: false },
    mishaps: { type: 'boolean', default: false },
    story: { type: 'string' },
  },
});

/** Kills. */
const reportEvery = 100;

const usage = `npm run torture -- [--kills 1000] [--seed 1] [--recovery ${recoveries.join('|')}]… [--lanes N]
    [--short]      only the smallest workflow, every moment once
    [--mishaps]    every mishap of a vendor, without the walk over every moment
    [--random]     only random kills
    [--story SEED] one random story again, by the seed it failed with; with one --recovery`;

function whole(name: 'kills' | 'seed' | 'lanes'): number {
  const number = Number(values[name]);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`--${name} is a whole number\n${usage}`);
  return number;
}

function chosen(): Recovery[] {
  return values.recovery.map((name) => {
    const known = recoveries.find((recovery) => recovery === name);
    if (known === undefined) throw new Error(`there is no recovery "${name}"\n${usage}`);
    return known;
  });
}

function printStory({ script, broken, story }: StoryEnd): void {
  const { seed, recovery, workflow, together, kills, mishaps } = script;
  console.log(
    `\n${broken.length > 0 ? '✗' : '✓'} ${recovery}, ${workflow}, ${together} at a time, story ${seed}`,
  );
  console.log(`  killed: ${kills.map(killText).join(', then ') || 'never'}`);
  if (mishaps.length > 0)
    console.log(`  the vendor: ${mishaps.map(({ mishap, after }) => `${mishap} (${after})`).join(', ')}`);
  for (const line of story) console.log(`  · ${line}`);
  for (const claim of broken) console.log(`  ✗ ${claim}`);
}

function printFigures(figures: readonly Figures[], seed: number, seconds: number): void {
  const columns = figures.map(({ recovery }) => recovery);
  const row = (name: string, text: (figures: Figures) => string) => [name, ...figures.map(text)];
  printTable(
    `Killed with SIGKILL (seed ${seed}, ${seconds.toFixed(0)} s)`,
    ['', ...columns],
    [
      row('stories', ({ stories }) => String(stories)),
      row('processes', ({ processes }) => String(processes)),
      row('kills', ({ kills }) => String(kills)),
      row('moments killed at', ({ covered, points }) => `${covered} of ${points}`),
      row('runs', ({ runs }) => String(runs)),
      row('charges per intended step, most (≤ 1)', ({ mostCharges }) => String(mostCharges)),
      row('recoverable jobs collected (all)', (each) => `${each.collected} of ${each.recoverable}`),
      row('in doubt (legal for ticket, none)', ({ inDoubt }) => String(inDoubt)),
      row('unreadable files and rows (0)', ({ unreadable }) => String(unreadable)),
      row('lost rows (0)', ({ lost }) => String(lost)),
      row('stories with a broken claim (0)', ({ failed }) => String(failed.length)),
    ],
  );
  const sum = (of: (figures: Figures) => number) => figures.reduce((total, each) => total + of(each), 0);
  console.log(
    `\n${sum(({ kills }) => kills)} kills; ${sum(({ collected }) => collected)} of ${sum(({ recoverable }) => recoverable)} ` +
      `recoverable jobs collected; ${sum(({ failed }) => failed.length)} broken stories`,
  );
}

async function main(): Promise<boolean> {
  const { worker, story, short, random } = values;
  if (worker === undefined) throw new Error(`start it by scripts/torture.mjs\n${usage}`);
  const [seed, kills, lanes, kinds] = [whole('seed'), whole('kills'), whole('lanes'), chosen()];
  if (story !== undefined) {
    const end = await tellStory(worker, randomScript(Number(story), kinds[0]!, await usualLife(worker)));
    printStory(end);
    return end.broken.length === 0;
  }
  const started = performance.now();
  let killed = 0;
  const figures = await torture({
    worker,
    recoveries: kinds,
    workflow: random || values.mishaps ? undefined : short ? 'single' : 'fan',
    mishaps: values.mishaps || !(short || random),
    kills: short ? 0 : kills,
    seed,
    lanes: Math.max(1, lanes),
    heard: (end) => {
      if (end.broken.length > 0) printStory(end);
      const before = Math.floor(killed / reportEvery);
      killed += end.kills;
      if (Math.floor(killed / reportEvery) > before) console.error(`… ${killed} kills`);
    },
  });
  printFigures(figures, seed, (performance.now() - started) / 1000);
  // A moment that was never reached is a claim that was never tried.
  return figures.every(({ failed, covered, points }) => failed.length === 0 && covered === points);
}

process.exitCode = (await main()) ? 0 : 1;
