import { tierOf } from '../aspect';
import { priceRange, type PriceRange } from '../price';
import type { ModelSpec } from '../provider';
import { picturesAsked, type ImageTask, type Task, type TrainLoraTask } from '../task';

export interface Forecast {
  /** US dollars. */
  price: PriceRange;
  seconds: { low: number; high: number };
}

export const nothing: Forecast = { price: { low: 0, high: 0 }, seconds: { low: 0, high: 0 } };

/** What one task costs and takes on a model; `ownPrice` is the person's own price of one picture where one is set. */
export function forecastTask(task: Task, model: ModelSpec, ownPrice?: number): Forecast {
  const pictures = picturesAsked(task);
  if (task.kind === 'train-lora') return trainingForecast(task, model);
  const price =
    ownPrice === undefined
      ? priceRange(model.price, {
          pictures,
          pixels: pixelsMade(task, model),
          references: exactly(given(task)),
        })
      : ownRange(pictures * ownPrice, model);
  // Side by side they take no longer than one; one after the other each takes its own time.
  const { low, high } = model.seconds;
  return { price, seconds: { low, high: high * pictures } };
}

/** A training goes by its steps; the first picture's time is that of loading the model, and samples take a picture's each. */
function trainingForecast(
  { steps, samples }: TrainLoraTask,
  { price, seconds, training }: ModelSpec,
): Forecast {
  const pictures = 1 + (samples?.count ?? 0);
  const { low, high } = training?.secondsPerStep ?? { low: 0, high: 0 };
  return {
    price: exactly(price.perPicture),
    seconds: { low: pictures * seconds.low + steps * low, high: pictures * seconds.high + steps * high },
  };
}

/** What one picture costs on a model, whatever its size and its references. */
export function pictureForecast(model: ModelSpec, ownPrice?: number): PriceRange {
  if (ownPrice !== undefined) return ownRange(ownPrice, model);
  const references = { low: 0, high: model.tasks.includes('edit') ? (model.maxReferences ?? 1) : 0 };
  return priceRange(model.price, { pictures: 1, pixels: pixelsPossible(model), references });
}

/** An own price is one of pictures: what a job may cost as such, whatever it makes, is reserved all the same. */
function ownRange(own: number, { price }: ModelSpec): PriceRange {
  return { low: own, high: Math.max(own, price.perJob ?? 0, price.orElse?.perJob ?? 0) };
}

/**
 * Of each picture. A size that is not known yet, or that the model chooses itself, may be any the model makes. A model that
 * is asked for a tier is paid for by the tier.
 */
function pixelsMade(task: ImageTask, model: ModelSpec): PriceRange {
  const size = task.kind === 'upscale' ? task.image : task.size;
  const scale = task.kind === 'upscale' ? task.factor ** 2 : 1;
  if (size.width === 0 || size.height === 0) return pixelsPossible(model);
  const { aspects, tiers } = model.size ?? {};
  if (aspects === undefined) return exactly(size.width * size.height * scale);
  const { perMegapixel, orElse } = model.price;
  const byPixels = perMegapixel !== undefined || orElse?.perMegapixel !== undefined;
  return tiers === undefined || byPixels ? pixelsPossible(model) : exactly(tierOf(size, tiers).side ** 2);
}

function pixelsPossible({ size = {} }: ModelSpec): PriceRange {
  return { low: size.minPixels ?? 1, high: size.maxPixels ?? Infinity };
}

/** Pictures handed in. */
function given(task: ImageTask): number {
  if (task.kind === 'upscale') return 1;
  return task.kind === 'edit' ? task.images.length : 0;
}

function exactly(value: number): PriceRange {
  return { low: value, high: value };
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

/** From the least to the most it can come to. */
export function spread(least: Forecast, most: Forecast): Forecast {
  return {
    price: { low: least.price.low, high: Math.max(least.price.high, most.price.high) },
    seconds: { low: least.seconds.low, high: Math.max(least.seconds.high, most.seconds.high) },
  };
}
