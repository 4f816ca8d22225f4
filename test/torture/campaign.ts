import type { Recovery } from '#core/provider';
import { Random } from './random';
import { killText, mishaps, tellStory, type Kill, type Mishap, type Script, type StoryEnd } from './story';
import { workflows, type WorkflowName } from './workflows';

export interface Campaign {
  worker: string;
  recoveries: readonly Recovery[];
  /** For the stories that kill at every moment. */
  workflow: WorkflowName;
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
  for (const recovery of campaign.recoveries) await everyPoint(campaign, figures.get(recovery)!, tell, seed);
  const killed = () => [...figures.values()].reduce((sum, { kills }) => sum + kills, 0);
  await inLanes(campaign.lanes, () =>
    killed() >= campaign.kills
      ? undefined
      : () => tell(randomScript(seed(), random.pick(campaign.recoveries))),
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
  campaign: Campaign,
  figures: Figures,
  tell: (script: Script) => Promise<StoryEnd>,
  seed: () => number,
): Promise<void> {
  const { recovery } = figures;
  const { workflow } = campaign;
  const plain = { recovery, workflow, together: 1, mishaps: [] } as const;
  const whole = await tell({ ...plain, seed: seed(), kills: [] });
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
      const again = random.chance(0.3) ? [random.pick(moments.filter(({ at }) => at === 'point'))] : [];
      const end = await tell({ ...plain, seed: seed(), kills: [next.moment, ...again] });
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

function randomScript(seed: number, recovery: Recovery): Script {
  const random = new Random(seed);
  const together = random.chance(0.4) ? 2 : 1;
  const kills: Kill[] = [];
  do {
    // From before the engine is open to after most runs have ended.
    kills.push({ at: 'time', milliseconds: 120 + random.below(500) });
  } while (kills.length < 6 && random.chance(0.6));
  const befalls: Mishap[] = random.chance(0.5) ? [random.pick(mishaps)] : [];
  const workflow = random.chance(0.7) ? 'fan' : 'chain';
  return { seed, recovery, workflow, together, kills, mishaps: befalls };
}

/** The script of a failing random story again, from the seed it printed. */
export const scriptOf = (seed: number, recovery: Recovery): Script => randomScript(seed, recovery);

async function inLanes(lanes: number, next: () => (() => Promise<unknown>) | undefined): Promise<void> {
  const lane = async () => {
    for (let work = next(); work !== undefined; work = next()) await work();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
