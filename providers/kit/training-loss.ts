import type { Trained } from '#core/values';

type Loss = NonNullable<Trained['loss']>;

const mostPoints = 200;
/** Names in JSON or in Python's own way of printing, and what a printed tensor says of itself. */
const names = /"[^"]*"\s*:|'[^']*'\s*:|\w+='[^']*'/g;
const numbers = /(?<![\w.])[-+]?(?:nan|inf(?:inity)?|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?!\w)/gi;

/**
 * The losses in whatever text a server makes of them: JSON with NaN in it, lists of lists, Python's own print, or cut short.
 * In their order, at most 200 means of as many steps each; `undefined` where there is none. Never throws.
 */
export function lossIn(text: string): Loss | undefined {
  const plain = text.trim().replaceAll(names, ' ');
  const said = plain.match(numbers) ?? [];
  // The last of a list that is not closed may be cut in the middle.
  const isCut = /^[[{]/.test(plain) && !/[\]})]$/.test(plain);
  const losses = (isCut ? said.slice(0, -1) : said).map(Number);
  return losses.length === 0 ? undefined : shortLoss(losses);
}

/** Means of as many steps each, in six figures. */
export function shortLoss(losses: readonly number[]): Loss {
  const points = Math.min(mostPoints, losses.length);
  const from = (point: number) => Math.floor((point * losses.length) / points);
  return Array.from({ length: points }, (_, point) => {
    const sound = losses.slice(from(point), from(point + 1)).filter(Number.isFinite);
    if (sound.length === 0) return null;
    const mean = sound.reduce((sum, loss) => sum + loss / sound.length, 0);
    return Number(mean.toPrecision(6));
  });
}
