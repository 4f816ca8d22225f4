import { failureOf } from '#core/failure';
import { initialRules, type PodReport } from '#core/pod';
import { minutesWords, paidPods } from '#core/pod-words';
import { translatedTo } from '#core/words/translated';
import { wordsOf, type Language, type Words } from '#core/words/words';

export interface QuitQuestion {
  message: string;
  detail: string;
  stop: string;
  leave: string;
  /** What Enter does. */
  usual: 'stop' | 'leave';
}

interface AtQuit {
  ask(question: QuitQuestion): Promise<'stop' | 'leave'>;
  stop(id: string): Promise<unknown>;
  /** Resolves when a stop has had time enough: a network that is cut must not hold the window's end for ever. */
  patience(): Promise<void>;
}

/** Asks what becomes of pods that cost when Seedloom closes, and again about those that could not be stopped. */
export async function endPods(
  reports: readonly PodReport[],
  language: Language,
  { ask, stop, patience }: AtQuit,
): Promise<void> {
  const words = wordsOf(language);
  let { pods } = paidPods(reports);
  let question = quitQuestion(pods, words);
  while (pods.length > 0) {
    if ((await ask(question)) === 'leave') return;
    const ended = await Promise.all(
      pods.map(async (pod) => {
        const late = patience().then(() => words.desktop.quit.late);
        const failure = await Promise.race([reasonOf(stop(pod.id)), late]);
        return { pod, failure };
      }),
    );
    const running = ended.filter(({ failure }) => failure !== undefined);
    pods = running.map(({ pod }) => pod);
    question = failedQuestion(pods, translatedTo(language, running[0]?.failure ?? ''), words);
  }
}

async function reasonOf(stopping: Promise<unknown>): Promise<string | undefined> {
  try {
    await stopping;
    return undefined;
  } catch (error) {
    return failureOf(error).message;
  }
}

function failedQuestion(pods: readonly PodReport[], reason: string, words: Words): QuitQuestion {
  const texts = words.desktop.quit;
  return {
    message: texts.failed(namesOf(pods), perHourOf(pods)),
    detail: texts.failedText(reason, pods.length),
    stop: texts.tryAgain,
    leave: texts.quitAnyway,
    usual: 'stop',
  };
}

const perHourOf = (pods: readonly PodReport[]) => `$${paidPods(pods).perHour.toFixed(2)}`;
const namesOf = (pods: readonly PodReport[]) => pods.map(({ name }) => name).join(', ');

function quitQuestion(pods: readonly PodReport[], words: Words): QuitQuestion {
  const texts = words.desktop.quit;
  const alone = pods.filter(({ watchdog }) => watchdog !== 'there');
  const longest = Math.max(...pods.map(({ rules = initialRules }) => rules.lease));
  const isBusy = pods.some(({ phase }) => phase === 'busy');
  const jobs = isBusy ? ` ${texts.cutsJob}` : '';
  const left = alone.length === 0 ? texts.stops(minutesWords(longest, words)) : texts.goesOn(namesOf(alone));
  return {
    message: texts.ask(namesOf(pods), perHourOf(pods)),
    detail: `${left}${jobs}`,
    stop: texts.stop,
    leave: texts.leave,
    // A job is not cut by a careless Enter, where the pod ends itself afterwards.
    usual: isBusy && alone.length === 0 ? 'leave' : 'stop',
  };
}
