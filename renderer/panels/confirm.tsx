import { AlertDialog } from 'radix-ui';
import { useRef, useState, useSyncExternalStore } from 'react';
import { words } from '../look/words';

export interface Question {
  title: string;
  text: string;
  /** The word on the button that does it: a verb. */
  action: string;
  kind?: 'primary' | 'danger' | 'spend';
  /** A second thing to do instead, between doing it and not. */
  other?: string;
  cancel?: string;
  /** Something to be done along with it, ticked at first. */
  tick?: string;
}

export type ConfirmAnswer = 'yes' | 'other' | 'no';

interface Open extends Question {
  answer: (answer: ConfirmAnswer, ticked: boolean) => void;
}

let queue: readonly Open[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Open[]): void {
  queue = next;
  for (const listener of listeners) listener();
}

/** Asks the person; several questions wait for each other. Escape is "no". */
export async function ask(question: Question): Promise<ConfirmAnswer> {
  return (await askTicked(question)).answer;
}

export function askTicked(question: Question): Promise<{ answer: ConfirmAnswer; ticked: boolean }> {
  return new Promise((resolve) => {
    change([...queue, { ...question, answer: (answer, ticked) => resolve({ answer, ticked }) }]);
  });
}

/** Where the questions appear; the window has one of it. */
export function ConfirmHost() {
  const open = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => queue[0],
  );
  const [ticked, setTicked] = useState(true);
  const action = useRef<HTMLButtonElement>(null);
  if (open === undefined) return null;
  const finish = (answer: ConfirmAnswer) => {
    change(queue.slice(1));
    setTicked(true);
    open.answer(answer, ticked);
  };
  return (
    <AlertDialog.Root open onOpenChange={(next) => (next ? undefined : finish('no'))}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="veil" />
        <AlertDialog.Content
          className="dialog confirm"
          onOpenAutoFocus={(event) => {
            // What destroys or spends is never one careless Enter away.
            if (open.kind !== undefined && open.kind !== 'primary') return;
            event.preventDefault();
            action.current?.focus();
          }}
        >
          <header className="dialog-head">
            <AlertDialog.Title className="dialog-title">{open.title}</AlertDialog.Title>
          </header>
          <AlertDialog.Description className="dialog-body soft">{open.text}</AlertDialog.Description>
          {open.tick === undefined ? null : (
            <label className="confirm-tick">
              <input type="checkbox" checked={ticked} onChange={({ target }) => setTicked(target.checked)} />
              {open.tick}
            </label>
          )}
          <footer className="dialog-foot">
            <AlertDialog.Cancel className="button" data-kind="quiet" data-size="large">
              {open.cancel ?? words.look.cancel}
            </AlertDialog.Cancel>
            {open.other === undefined ? null : (
              <button type="button" className="button" data-size="large" onClick={() => finish('other')}>
                {open.other}
              </button>
            )}
            <button
              ref={action}
              type="button"
              className="button"
              data-kind={open.kind ?? 'primary'}
              data-size="large"
              onClick={() => finish('yes')}
            >
              {open.action}
            </button>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
