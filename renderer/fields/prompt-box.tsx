import { History } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useDeferredValue, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { markPrompt, readPrompt } from '#core/prompt';
import { words } from '../look/words';
import { EarlierPrompts } from './earlier-prompts';
import './prompt-box.css';

/** Without one of these there is nothing to mark, as in most prompts. */
const signed = /[{}$\\(]/;

/**
 * A box for words to a model: what is more than words in it is marked behind the text, and earlier prompts can be had. The
 * text is the box's own, so typing waits for nothing here.
 */
export function PromptBox({
  box,
  text,
  signs,
  label,
  disabled,
  onChoose,
  children,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  signs: 'weights' | 'template';
  label: string;
  disabled: boolean;
  /** An earlier prompt takes the place of the text. */
  onChoose: (text: string) => void;
  /** The box itself. */
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const later = useDeferredValue(text);
  return (
    // The box inside has the focus; the key opens what the button opens.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a frame around the box and its button
    <div
      className="prompt-box"
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' || !event.altKey || disabled) return;
        event.preventDefault();
        setOpen(true);
      }}
    >
      {signed.test(later) ? <Marks box={box} text={later} signs={signs} /> : null}
      {children}
      <Popover.Root open={open} onOpenChange={setOpen}>
        <Popover.Trigger
          className="icon-button prompt-box-earlier nodrag"
          data-size="small"
          aria-label={words.prompts.open(label)}
          title={words.prompts.open(label)}
          disabled={disabled}
        >
          <History size={13} aria-hidden="true" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="menu earlier-prompts nowheel nodrag"
            align="end"
            sideOffset={4}
            collisionPadding={8}
            aria-label={words.prompts.earlier}
            onCloseAutoFocus={(event) => {
              event.preventDefault();
              box.current?.focus({ preventScroll: true });
            }}
            onKeyDown={(event) => event.stopPropagation()}
          >
            <EarlierPrompts
              onChoose={(chosen) => {
                setOpen(false);
                onChoose(chosen);
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </div>
  );
}

/** The same text again, not to be read but with what is marked in it; it lies exactly behind. */
function Marks({
  box,
  text,
  signs,
}: {
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  signs: 'weights' | 'template';
}) {
  const behind = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [front, back] = [box.current, behind.current];
    if (front === null || back === null) return;
    const follow = () => {
      // A scroll bar takes its room from the words.
      back.style.width = `${front.clientWidth}px`;
      back.style.height = `${front.clientHeight}px`;
      back.scrollTop = front.scrollTop;
    };
    follow();
    front.addEventListener('scroll', follow, { passive: true });
    const observer = new ResizeObserver(follow);
    observer.observe(front);
    return () => {
      front.removeEventListener('scroll', follow);
      observer.disconnect();
    };
  }, [box]);
  return (
    <div ref={behind} className="prompt-marks" aria-hidden="true">
      {markPrompt(text, signs).map(({ text: stretch, kind }, place) =>
        kind === undefined ? (
          stretch
        ) : (
          // The stretches of a text have no names but their places.
          <span key={place} className="prompt-mark" data-kind={kind}>
            {stretch}
          </span>
        ),
      )}
      {'\n'}
    </div>
  );
}

/** Signs that only a Prompt node fills in stand in a box that does not. */
export function hasUnfilled(text: string): boolean {
  return signed.test(text) && readPrompt(text).some(({ kind }) => kind === 'wildcard' || kind === 'variable');
}
