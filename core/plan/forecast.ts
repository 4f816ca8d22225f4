import type { ModelSpec, PriceRange } from '../provider';
import { picturesAsked, type ImageTask } from '../task';

export interface Forecast {
  /** US dollars. */
  price: PriceRange;
  seconds: { low: number; high: number };
}

export const nothing: Forecast = { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } };

/** What one task costs and takes on a model; `perPicture` is the person's own price where one is set. */
export function forecastTask(
  task: ImageTask,
  model: ModelSpec,
  perPicture = model.price.perPicture,
): Forecast {
  const price = picturesAsked(task) * perPicture;
  return { price: { low: price, high: price }, seconds: model.seconds };
}

/** Prices add up; times are those of work done one after the other, so the sum is the most it can take. */
export function addForecasts(forecasts: Iterable<Forecast>): Forecast {
  const sum = { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } };
  for (const { price, seconds } of forecasts) {
    sum.price.low += price.low;
    sum.price.high += price.high;
    sum.seconds.low += seconds.low;
    sum.seconds.high += seconds.high;
  }
  const cents = (value: number) => Math.round(value * 1e6) / 1e6;
  sum.price = { low: cents(sum.price.low), high: cents(sum.price.high) };
  return sum;
}
