import type { Recovery } from '#core/provider';
import { Random } from './random';
import { killText, mishaps, type Kill, type Script } from './script';
import { tellStory, type StoryEnd } from './story';
import { workflows, type WorkflowName } from './workflows';

export interface Campaign {
  worker: string;
  recoveries: readonly Recovery[];
  /** Of the stories that kill at every moment; there are none when left out. */
  workflow: WorkflowName | undefined;
  /** Whether every mishap of a vendor is tried at each place where it hurts. */
  mishaps: boolean;
  /** Random stories are told until so many processes were killed in all. */
  kills: number;
  seed: number;
  /** How many stories are told side by side. */
  lanes: number;
  heard(end: StoryEnd): void;
}

export interface Figures {
  recovery: Recovery;
  stories: number;
  kills: number;
  /** Moments at which a process was killed, of those there are. */
  covered: number;
  points: number;
  runs: number;
  processes: number;
  mostCharges: number;
  recoverable: number;
  collected: number;
  inDoubt: number;
  unreadable: number;
  lost: number;
  failed: StoryEnd[];
}

const noFigures = (recovery: Recovery): Figures => ({
  recovery,
  stories: 0,
  kills: 0,
  covered: 0,
  points: 0,
  runs: 0,
  processes: 0,
  mostCharges: 0,
  recoverable: 0,
  collected: 0,
  inDoubt: 0,
  unreadable: 0,
  lost: 0,
  failed: [],
});

export async function torture(campaign: Campaign): Promise<Figures[]> {
  const figures = new Map(campaign.recoveries.map((recovery) => [recovery, noFigures(recovery)]));
  const tell = async (script: Script): Promise<StoryEnd> => {
    const end = await tellStory(campaign.worker, script);
    count(figures.get(script.recovery)!, end);
    campaign.heard(end);
    return end;
  };
  const random = new Random(campaign.seed);
  const seed = () => random.below(2 ** 31);
  const { workflow } = campaign;
  if (workflow !== undefined)
    for (const each of figures.values()) await everyPoint({ ...campaign, workflow }, each, tell, seed);
  if (campaign.mishaps) await everyMishap(campaign, tell, seed);
  if (campaign.kills === 0) return [...figures.values()];
  const usual = await usualLife(campaign.worker);
  const killed = () => [...figures.values()].reduce((sum, { kills }) => sum + kills, 0);
  await inLanes(campaign.lanes, () =>
    killed() >= campaign.kills
      ? undefined
      : () => tell(randomScript(seed(), random.pick(campaign.recoveries), usual)),
  );
  return [...figures.values()];
}

function count(figures: Figures, end: StoryEnd): void {
  figures.stories += 1;
  figures.kills += end.kills;
  figures.runs += end.runs;
  figures.processes += end.processes;
  figures.mostCharges = Math.max(figures.mostCharges, end.mostCharges);
  figures.recoverable += end.recoverable;
  figures.collected += end.collected;
  figures.inDoubt += end.inDoubt;
  figures.unreadable += end.unreadable.length;
  figures.lost += end.lost.length;
  if (end.broken.length > 0) figures.failed.push(end);
}

/** A story without a kill says which moments there are; then one is told for each, and the seed says what it adds. */
async function everyPoint(
  campaign: Campaign & { workflow: WorkflowName },
  figures: Figures,
  tell: (script: Script) => Promise<StoryEnd>,
  seed: () => number,
): Promise<void> {
  const { recovery } = figures;
  const { workflow } = campaign;
  const plain = { recovery, workflow, together: 1, mishaps: [] } as const;
  const whole = await tell({ ...plain, seed: seed(), kills: [], endsHere: false });
  const prompts = Object.values(workflows[workflow].paid);
  const moments: Kill[] = [
    ...whole.points.slice(0, lastOf(whole.points)).map((point) => ({ at: 'point', point }) as const),
    ...prompts.flatMap((prompt) =>
      (['arrived', 'taken'] as const).map((moment) => ({ at: 'shop', moment, prompt }) as const),
    ),
  ];
  const left = moments.map((moment) => ({ moment, tries: 0 }));
  figures.points = moments.length;
  await inLanes(campaign.lanes, () => {
    const next = left.shift();
    if (next === undefined) return undefined;
    return async () => {
      const random = new Random(seed());
      const again = random.chance(campaign.kills === 0 ? 0.1 : 0.3)
        ? [random.pick(moments.filter(({ at }) => at === 'point'))]
        : [];
      const end = await tell({ ...plain, seed: seed(), kills: [next.moment, ...again], endsHere: true });
      if (end.reached.includes(killText(next.moment))) figures.covered += 1;
      // Steps side by side do not pass their moments in the same number every time.
      else if (next.tries < 2) left.push({ ...next, tries: next.tries + 1 });
    };
  });
}

/** The moments of the story's run itself; those of the plain run after it come again under the same names. */
function lastOf(points: readonly string[]): number {
  return points.indexOf('the engine is closed') + 1;
}

/** Each mishap after each way to be cut: before the vendor's word is written down, after it, and asking for the job. */
async function everyMishap(
  { recoveries, lanes }: Campaign,
  tell: (script: Script) => Promise<StoryEnd>,
  seed: () => number,
): Promise<void> {
  const taken: Kill = { at: 'shop', moment: 'taken', prompt: 'generate a cat' };
  const accepted: Kill = { at: 'point', point: 'told job-accepted make#0' };
  const asked: Kill = { at: 'point', point: 'after check at shop' };
  const done: Kill = { at: 'point', point: 'after check at shop (2)' };
  const cuts: Kill[][] = [
    [taken],
    [accepted],
    [taken, asked],
    [accepted, asked],
    [accepted, done],
    [asked, taken],
  ];
  const left = recoveries.flatMap((recovery) =>
    mishaps.flatMap((mishap) =>
      cuts.map((kills): Omit<Script, 'seed'> => {
        const befalls = [{ mishap, after: kills.length }];
        return { recovery, workflow: 'chain', together: 1, endsHere: true, kills, mishaps: befalls };
      }),
    ),
  );
  await inLanes(lanes, () => {
    const next = left.shift();
    return next === undefined ? undefined : () => tell({ ...next, seed: seed() });
  });
}

/** Milliseconds an engine lives that is not killed, on this machine as it is today. */
export async function usualLife(worker: string): Promise<number> {
  const recovery = 'idempotency-key';
  const plain = { seed: 0, recovery, workflow: 'fan', kills: [], together: 1, mishaps: [] } as const;
  return (await tellStory(worker, { ...plain, endsHere: false })).milliseconds;
}

/** `usual`: milliseconds of a life in which nothing happens. The same seed gives the same story for the same `usual`. */
export function randomScript(seed: number, recovery: Recovery, usual: number): Script {
  const random = new Random(seed);
  const together = random.chance(0.4) ? 2 : 1;
  const workflow = random.chance(0.7) ? 'fan' : 'chain';
  const prompts = Object.values<string>(workflows[workflow].paid);
  const kills: Kill[] = [];
  do {
    kills.push(
      random.chance(0.2)
        ? { at: 'shop', moment: random.pick(['arrived', 'taken']), prompt: random.pick(prompts) }
        : { at: 'time', milliseconds: Math.round(random.next() * usual) },
    );
  } while (kills.length < 6 && random.chance(0.6));
  const befalls: Script['mishaps'][number][] = [];
  while (befalls.length < 3 && random.chance(0.4))
    befalls.push({ mishap: random.pick(mishaps), after: 1 + random.below(3) });
  return { seed, recovery, workflow, together, kills, mishaps: befalls, endsHere: false };
}

async function inLanes(lanes: number, next: () => (() => Promise<unknown>) | undefined): Promise<void> {
  const lane = async () => {
    for (let work = next(); work !== undefined; work = next()) await work();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
