import type { Recovery } from './provider';

const recoveryTexts: Record<Recovery, { title: string; text: string; safe: boolean }> = {
  'idempotency-key': {
    title: 'Safe to resend',
    text: 'After a crash the same request can be sent again: the service knows it and charges once.',
    safe: true,
  },
  'own-id': {
    title: 'Safe to ask again',
    text: 'The job carries an id of ours, so after a crash it can be found and collected.',
    safe: true,
  },
  ticket: {
    title: 'Collected by ticket',
    text: 'Once the service has answered, its result is collected even after a crash. If the answer itself is lost, you are asked before anything is sent again.',
    safe: true,
  },
  none: {
    title: 'Cannot be collected later',
    text: 'The picture comes with the answer. If the connection breaks it cannot be known whether you were charged; you are asked before anything is sent again.',
    safe: false,
  },
};

/** What happens to money already spent when something breaks, in words. */
export function describeRecovery(recovery: Recovery): { title: string; text: string; safe: boolean } {
  return recoveryTexts[recovery];
}
