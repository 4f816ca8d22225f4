import { leftWords } from '#core/pod-words';
import type { Context } from './context';
import type { ExitCode } from './exit';
import { clean } from './print';

/** A command that takes its time: pods are looked after meanwhile, and those that were left running are named. */
export function keepingPods(
  work: (context: Context) => Promise<ExitCode>,
): (context: Context) => Promise<ExitCode> {
  return async (context) => {
    const { engine, output } = context;
    for (const pod of engine.pods.left())
      output.error(output.errorPaint.yellow(`${clean(leftWords(pod))} "seedloom pods" shows it.`));
    const ended = new AbortController();
    const told = new Map<string, string>();
    const kept = engine.pods.keep(
      {
        failed: ({ message }) => output.error(clean(message)),
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
