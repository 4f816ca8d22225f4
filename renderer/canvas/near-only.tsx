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
    const measured = room.current?.offsetHeight ?? 0;
    // Another card of the same kind may have measured it just now.
    if (!heights.has(about) && measured > 0) heights.set(about, measured);
    if (heights.has(about)) setMeasured(about);
  }, [isFar, about, height]);
  if (height === undefined) return <div ref={room}>{children}</div>;
  return (
    <div ref={room} style={{ height }}>
      {far === '' ? null : <p className="card-far">{far}</p>}
    </div>
  );
}

/** What a poster says of a card without a picture: the words it was given. */
export function farWords(value: JsonValue | undefined, field: ParamSpec['field']): string | undefined {
  return field.kind === 'text' && field.lines > 1 && typeof value === 'string' ? value : undefined;
}
