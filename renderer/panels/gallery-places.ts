/** Where a key leads to among `total` pictures in rows of `columns`, `page` rows in sight; `undefined` for other keys. */
export function movedPlace(
  key: string,
  place: number,
  { columns, page, total }: { columns: number; page: number; total: number },
): number | undefined {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
    PageUp: -columns * Math.max(1, page),
    PageDown: columns * Math.max(1, page),
    Home: -total,
    End: total,
  };
  const by = steps[key];
  if (by === undefined || total === 0) return undefined;
  const next = place + by;
  if (key === 'Home' || key === 'End' || Math.abs(by) === 1) return Math.min(total - 1, Math.max(0, next));
  // Up and down stay in their column; past the last whole row is the last picture.
  if (next < 0) return key === 'PageUp' ? place % columns : place;
  if (next < total) return next;
  const isLastRow = Math.floor(place / columns) === Math.floor((total - 1) / columns);
  return isLastRow ? place : total - 1;
}

/** How tiles of at least `tile` fill a width: their number in a row and the edge each has, CSS pixels. */
export function tilesIn(width: number, tile: number, gap: number): { columns: number; edge: number } {
  const columns = Math.max(1, Math.floor((width + gap) / (tile + gap)));
  return { columns, edge: Math.max(1, Math.floor((width - gap * (columns - 1)) / columns)) };
}
