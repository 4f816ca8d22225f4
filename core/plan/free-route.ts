import type { ProviderInfo } from '../provider';
import { modelRefOf } from './route';

/** Whether a route costs nothing at all: its model has the price 0, and no machine is paid for by the hour. */
export function isFreeRoute(providers: readonly ProviderInfo[], route: string): boolean {
  const ref = modelRefOf(route);
  const provider = providers.find(({ id }) => id === ref.provider);
  const model = provider?.models.find(({ id }) => ref.model === '' || id === ref.model);
  if (provider === undefined || model?.price === undefined || provider.paidByTime === true) return false;
  const { perPicture, upTo = [], perMegapixel = 0, perReference = 0, perJob = 0 } = model.price;
  return (
    perPicture + perMegapixel + perReference + perJob === 0 && upTo.every((step) => step.perPicture === 0)
  );
}
