import type { KeptSession } from '#core/session';

/** CSS pixels of the window below which the canvas would have less than about two thirds of it. */
const leastWidth = 1200;

/**
 * Whether the inspector is open when the window begins: as the person left it if they ever opened or closed it, else where there
 * is room. A session of an older Seedloom does not say who closed it; it can only have been the person.
 */
export function inspectorAtStart(
  kept: Pick<KeptSession, 'inspector' | 'inspectorChosen'> | undefined,
  width: number,
): { inspector: boolean; inspectorChosen: boolean } {
  const isChosen = kept !== undefined && (kept.inspectorChosen ?? !kept.inspector);
  return { inspector: isChosen ? kept.inspector : width >= leastWidth, inspectorChosen: isChosen };
}
