import { isPaidFor, type PodReport } from '#core/pod';
import type { Context } from './context';
import type { ExitCode } from './exit';
import { clean, money } from './print';

/** A command that takes its time: pods are looked after meanwhile, and those that were left running are named. */
export function keepingPods(
  work: (context: Context) => Promise<ExitCode>,
): (context: Context) => Promise<ExitCode> {
  return async (context) => {
    const { engine, output } = context;
    for (const pod of engine.pods.left()) output.error(output.errorPaint.yellow(leftWords(pod)));
    const ended = new AbortController();
    const told = new Map<string, string>();
    const kept = engine.pods.keep(
      {
        changed: (reports) => {
          for (const { id, name, trouble } of reports) {
            if (trouble !== undefined && told.get(id) !== trouble.code)
              output.error(`Pod ${clean(name)} (${clean(id)}): ${clean(trouble.message)}`);
            told.set(id, trouble?.code ?? '');
          }
        },
      },
      ended.signal,
    );
    try {
      return await work(context);
    } finally {
      ended.abort();
      await kept;
    }
  };
}

/** Of a pod that nobody has looked after since the last Seedloom ended. */
function leftWords({ id, name, phase, perHour, sinceStart }: PodReport): string {
  const which = `Pod ${clean(name)} (${clean(id)})`;
  if (!isPaidFor(phase))
    return `${which} was ordered and nobody knows what became of it. "seedloom pods" looks for it.`;
  return `${which} was left running: ${money(perHour)} an hour, about ${money(Math.round(sinceStart * 100) / 100)} since its start. "seedloom pods" shows it, "seedloom pods stop ${clean(id)}" stops it.`;
}
