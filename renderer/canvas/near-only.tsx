import { createContext, useContext, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { JsonValue } from '#core/json';
import type { ParamSpec } from '#core/param';

/** The cards are so far away that they are posters. */
export const Far = createContext(false);

/** By what takes the room: pixels of the canvas. */
const heights = new Map<string, number>();

/**
 * A part of a card that is not seen from far away: there it is only the room it takes, so that nothing jumps. `about` names all that
 * makes it higher or lower. `far` is what a person reads there from far away instead, in letters that are large enough.
 */
export function NearOnly({
  about,
  far = '',
  children,
}: {
  about: string;
  far?: string | undefined;
  children: ReactNode;
}) {
  const isFar = useContext(Far);
  const room = useRef<HTMLDivElement>(null);
  const [, setMeasured] = useState('');
  const height = isFar ? heights.get(about) : undefined;
  useLayoutEffect(() => {
    if (!isFar || height !== undefined) return;
    // Another card of the same kind may have been measured just now.
    const measured = heights.get(about) ?? room.current?.offsetHeight ?? 0;
    if (measured === 0) return;
    heights.set(about, measured);
    setMeasured(about);
  }, [isFar, about, height]);
  if (height === undefined) return <div ref={room}>{children}</div>;
  return (
    <div ref={room} style={{ height }}>
      {far === '' ? null : <p className="card-far">{far}</p>}
    </div>
  );
}

/** A part of a card that is not there from far away, where no room is kept for it either: signs, labels beside ports, buttons. */
export function WhenNear({ children }: { children: ReactNode }) {
  return useContext(Far) ? null : children;
}

/** What a poster says of a card without a picture: the words it was given. */
export function farWords(value: JsonValue | undefined, field: ParamSpec['field']): string | undefined {
  return field.kind === 'text' && field.lines > 1 && typeof value === 'string' ? value : undefined;
}
