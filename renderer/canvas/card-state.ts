import type { NodeMode } from '#core/document/modes';
import type { Issue } from '#core/issue';
import type { PlannedNode } from '#core/plan/planned';
import type { NodeProgress } from '../stores/node-view';
import { percent } from '../look/format';
import { translated, words } from '../look/words';

/** The sign a card shows; the words say the same. */
export type CardSign =
  | 'idle'
  | 'will-run'
  | 'waiting'
  | 'running'
  | 'collecting'
  | 'done'
  | 'reused'
  | 'failed'
  | 'doubt'
  | 'held'
  /** A person has to pick here now. */
  | 'choose'
  | 'blocked'
  | 'skipped'
  | 'muted'
  | 'bypassed'
  | 'left-out'
  | 'pinned';

export interface CardState {
  sign: CardSign;
  words: string;
  /** There is a failure to be shown on the card. */
  troubled: boolean;
}

const state = (sign: CardSign, words: string, troubled = false): CardState => ({ sign, words, troubled });

const texts = words.cards.state;

/** What stands in the footer of a card: the run while it goes on, its trouble until it is settled, else the plan. */
export function cardState(
  planned: PlannedNode | undefined,
  issues: readonly Issue[] | undefined,
  progress: NodeProgress | undefined,
  mode?: NodeMode,
): CardState {
  const isPaid = (planned?.forecast.price.high ?? 0) > 0;
  if (progress?.live === true) return runState(progress, isPaid);
  if (mode !== undefined)
    return mode === 'mute' ? state('muted', texts.muted) : state('bypassed', texts.bypassed);
  if (progress !== undefined && isTrouble(progress) && planned?.verdict === 'will-run')
    return runState(progress, isPaid);
  if (planned === undefined) return state('idle', '');
  switch (planned.verdict) {
    case 'blocked':
      return issues?.some(({ severity }) => severity === 'error') === true
        ? state('blocked', texts.needsYou)
        : state('blocked', texts.blocked);
    case 'will-run':
      return state(
        'will-run',
        planned.steps.reused > 0 ? texts.someWillRun(planned.steps.willRun) : texts.willRun,
      );
    case 'reused':
      if (planned.pinned === planned.steps.reused) return state('pinned', texts.pinned);
      if (progress?.state === 'finished') return made(progress);
      return state('reused', planned.bundled === planned.steps.reused ? texts.bundled : texts.reused);
    case 'muted':
      return state('muted', texts.muted);
    case 'bypassed':
      return state('bypassed', texts.bypassed);
    case 'left-out':
      return state('left-out', texts.leftOut);
    case 'waits':
      return waits(planned);
    case 'value':
      return chosenState(planned);
  }
}

/** At a choice, or behind one. */
function waits({ choice }: PlannedNode): CardState {
  if (choice === undefined) return state('waiting', words.choice.after);
  const isReady = choice.pictures.every((picture) => picture !== null);
  return isReady ? state('choose', words.choice.waits) : state('idle', words.choice.asks);
}

function chosenState({ choice }: PlannedNode): CardState {
  return state('idle', choice === undefined ? '' : words.choice.chosen);
}

function isTrouble({ state: now, because }: NodeProgress): boolean {
  return now === 'failed' || now === 'in-doubt' || (now === 'held' && because !== 'choice');
}

function made({ shortfall }: NodeProgress): CardState {
  return state('done', shortfall === undefined ? texts.made : texts.madeSome);
}

function runState(progress: NodeProgress, isPaid: boolean): CardState {
  const { fraction, place, words: said, ended, steps, arrived } = progress;
  const several = steps > 1 ? texts.of(ended, steps) : undefined;
  const told = translated(said);
  switch (progress.state) {
    case 'waiting':
      return state('waiting', texts.waiting);
    case 'running':
    case 'collecting': {
      // A free job that was handed over simply runs; only money makes the difference worth a sign.
      const sign = isPaid ? progress.state : 'running';
      if (place !== undefined && place > 0) return state(sign, texts.inLine(place));
      const ofSet = arrived === undefined ? undefined : texts.of(arrived.hashes.length, arrived.of);
      const at = several ?? ofSet ?? (fraction === undefined ? undefined : percent(fraction));
      if (told !== undefined) return state(sign, several === undefined ? told : `${told} · ${several}`);
      const doing = sign === 'running' ? texts.running : texts.collecting;
      return state(sign, at === undefined ? doing : `${doing} · ${at}`);
    }
    case 'finished':
      return made(progress);
    case 'reused':
      return state('reused', texts.reused);
    case 'failed':
      return state('failed', several === undefined ? texts.failed : texts.failedOf(several), true);
    case 'in-doubt':
      return state('doubt', texts.doubt, true);
    case 'held':
      return progress.because === 'choice'
        ? state('choose', words.choice.waits)
        : state('held', texts.held, true);
    case 'skipped':
      return state('skipped', texts.skipped);
  }
}
