import { toast } from 'sonner';
import type { Failure } from '#core/failure';
import { translated, words } from '../look/words';

/** Says that something failed, who can act, and on demand the closer words. */
export function showFailure(failure: Failure): void {
  const message = translated(failure.message);
  const detail = translated(failure.detail);
  const charge = failure.charge === 'none' ? undefined : words.notes.charge[failure.charge];
  // Where time alone mends it there is nothing to be alarmed about.
  const say = failure.act === 'wait' ? toast : toast.error;
  say(message, {
    id: `${failure.code} ${message}`,
    duration: 10_000,
    ...(charge === undefined ? {} : { description: charge }),
    ...(detail === undefined
      ? {}
      : {
          action: {
            label: words.notes.details,
            onClick: () => toast(message, { description: detail, duration: 60_000, closeButton: true }),
          },
        }),
  });
}

export function showNote(message: string, description?: string): void {
  // The same news again takes the place of the old.
  toast(message, { id: message, ...(description === undefined ? {} : { description }) });
}

/** Takes news back that is no longer so. */
export function dropNote(message: string): void {
  if (toast.getToasts().some(({ id }) => id === message)) toast.dismiss(message);
}

/** News with one thing to do about it. */
export function showOffer(message: string, action: string, run: () => void): void {
  toast(message, { id: message, duration: 20_000, action: { label: action, onClick: run } });
}

export function showGood(message: string): void {
  toast.success(message);
}
