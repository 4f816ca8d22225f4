import type { Issue } from '#core/issue';
import { modelRefOf } from '#core/plan/route';
import type { ProviderCatalogue } from '#core/provider';

/** Reads `PROVIDER/MODEL=USD` texts into route → price of one picture. */
export function readPrices(
  texts: readonly string[],
  known: ProviderCatalogue,
): { prices: Map<string, number>; issues: Issue[] } {
  const prices = new Map<string, number>();
  const issues: Issue[] = [];
  for (const text of texts) {
    const refuse = (message: string) =>
      issues.push({ code: 'wrong-price', severity: 'error', message, place: { path: `--price ${text}` } });
    const [, route, amount = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    const price = Number(amount);
    if (route === undefined || amount.trim() === '') {
      refuse('A price is written PROVIDER/MODEL=USD, such as fal/seedream-4.5=0.035.');
    } else if (!Number.isFinite(price) || price < 0) {
      refuse(`"${amount}" is no amount of US dollars, such as 0.035.`);
    } else {
      const { provider, model } = modelRefOf(route);
      const isThere = known.get(provider)?.models.some(({ id }) => id === model) ?? false;
      if (isThere) prices.set(route, price);
      else refuse(`There is no route "${route}"; seedloom providers lists them.`);
    }
  }
  return { prices, issues };
}
