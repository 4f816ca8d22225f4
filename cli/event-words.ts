import type { Failure } from '#core/failure';
import type { RunEvent } from '#core/run';
import { clean, counted, money, type Paint } from './print';

/**
 * What happened to a step, in words; `undefined` for events that are no news by themselves. `isRehearsal`: nobody has to
 * decide about it.
 */
export function eventWords(event: RunEvent, paint: Paint, isRehearsal = false): string | undefined {
  switch (event.type) {
    case 'run-opened':
      return `${clean(event.title)}: ${counted(event.steps.length, 'step')}, at most ${money(event.price)}`;
    case 'run-closed':
      return event.failure === undefined
        ? `${event.outcome}, spent ${money(event.spent)}`
        : `${paint.red('could not run')}: ${clean(event.failure.message)}`;
    case 'step-finished': {
      const price = event.price > 0 ? ` for ${money(event.price)}` : '';
      const made = `${event.step} ${event.reused ? paint.dim('reused') : paint.green(`made${price}`)}`;
      const shortfall = event.shortfall?.map(
        (failure) => `\n  ${paint.yellow('missing')}: ${failureWords(failure)}`,
      );
      return `${made}${shortfall?.join('') ?? ''}`;
    }
    case 'step-failed':
      return `${event.step} ${paint.red('failed')}: ${failureWords(event.failure)}`;
    case 'step-skipped':
      return `${event.step} ${paint.dim('not run')}: ${clean(event.because)}`;
    case 'step-in-doubt':
      if (isRehearsal)
        return `${event.step} ${paint.yellow('in doubt')}: a real run would ask you here: send again, or give up`;
      return (
        `${event.step} ${paint.yellow('in doubt')}: ${clean(event.failure.message)}\n` +
        `  seedloom answer ${event.run} '${event.step}' resend|give-up`
      );
    case 'step-waiting':
      if (event.for === 'choice') return choiceWords(event, paint);
      return `${event.step} ${paint.yellow('held back')}: ${clean(event.failure?.message ?? heldWords[event.for])}`;
    case 'doubt-answered':
      return `${event.step} ${event.answer === 'resend' ? 'may be sent again' : 'given up'}`;
    case 'job-settled': {
      const released = event.released > 0 ? `, ${money(event.released)} released` : '';
      const payer = event.payer === event.run ? '' : `, paid by run ${event.payer}`;
      return `${event.step} ${money(event.reserved)} reserved, ${money(event.billed)} billed${released}${payer}`;
    }
    case 'cancel-asked':
      return 'cancelled by the person';
    case 'run-stopped':
      return `${paint.red('stopped')}: ${clean(event.failure.message)}\n  seedloom resume ${event.run}`;
    case 'job-intended':
      return `${event.step} goes to ${event.route.provider}/${event.route.model}, at most ${money(event.worstPrice)}`;
    case 'job-accepted':
      return `${event.step} taken as ${clean(event.job.id)}`;
    case 'picture-arrived':
      return `${event.step} has ${event.number} of ${event.of} pictures`;
    case 'step-started':
    case 'job-progressed':
    case 'preview-arrived':
      return undefined;
  }
}

const chargeWords = { none: '', possible: ' It may have been charged.', certain: ' It was charged.' };

function failureWords({ message, charge }: Failure): string {
  return `${clean(message)}${chargeWords[charge]}`;
}

function choiceWords(
  { step, node, pictures = [] }: Extract<RunEvent, { type: 'step-waiting' }>,
  paint: Paint,
) {
  return `${step} ${paint.yellow('waits for your choice')} of ${counted(pictures.length, 'picture')}: --pick ${node}=1,2`;
}

const heldWords = {
  budget: 'it could pass a spending limit',
  vendor: 'it may still finish at the service, and is asked for again later',
  choice: 'a person has to choose first',
};

/** Whether an event is trouble a person should see even when the rest is not read. */
export function isTrouble(event: RunEvent): boolean {
  return (
    event.type === 'step-failed' ||
    (event.type === 'step-finished' && event.shortfall !== undefined) ||
    event.type === 'step-in-doubt' ||
    event.type === 'step-waiting' ||
    event.type === 'run-stopped'
  );
}
