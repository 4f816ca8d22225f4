/** US dollars, between two bounds. */
export interface PriceRange {
  low: number;
  high: number;
}

/** What a job costs, US dollars. The parts add up; what is left out costs nothing. */
export interface PriceRate {
  /** Each picture made; `0` is free. With `upTo`, each one that is larger than the last of them. */
  perPicture: number;
  /** Prices of smaller pictures, smallest first: the first with room for a picture's pixels counts for it. */
  upTo?: readonly { pixels: number; perPicture: number }[];
  /** Each million pixels made, not rounded. A model with such a price needs a `size.maxPixels`. */
  perMegapixel?: number;
  /** Each picture handed in, once a job. */
  perReference?: number;
  /** Each job, however many pictures it makes. */
  perJob?: number;
}

/** A published price: `asOf` is an ISO date, `source` says where it was read. */
export interface Price extends PriceRate {
  /** Where the source can be read in two ways, the other one: the dearer is reserved. */
  orElse?: PriceRate;
  asOf: string;
  source: string;
}

/** What a job is priced by, as far as it is known. */
export interface Priced {
  /** Pictures to be made. */
  pictures: number;
  /** Pixels of each of them. */
  pixels: PriceRange;
  /** Pictures handed in. */
  references: PriceRange;
}

/** The least and the most that jobs between these bounds cost. */
export function priceRange(price: Price, job: Priced): PriceRange {
  const readings = [price, ...(price.orElse === undefined ? [] : [price.orElse])];
  const ranges = readings.map((rate) => rateRange(rate, job));
  return {
    low: Math.min(...ranges.map(({ low }) => low)),
    high: Math.max(...ranges.map(({ high }) => high)),
  };
}

function rateRange(rate: PriceRate, { pictures, pixels, references }: Priced): PriceRange {
  const { upTo = [], perReference = 0, perJob = 0 } = rate;
  // Between two steps a price only grows with the pixels, so the ends of each stretch are all there is to look at.
  const steps = upTo.flatMap(({ pixels: edge }) => [edge, edge + 1]);
  const sizes = [pixels.low, pixels.high, ...steps.filter((edge) => edge > pixels.low && edge < pixels.high)];
  const each = sizes.map((size) => pictureAt(rate, size));
  return {
    low: perJob + pictures * Math.min(...each) + references.low * perReference,
    high: perJob + pictures * Math.max(...each) + references.high * perReference,
  };
}

function pictureAt({ perPicture, upTo = [], perMegapixel = 0 }: PriceRate, pixels: number): number {
  const step = upTo.find((candidate) => pixels <= candidate.pixels)?.perPicture ?? perPicture;
  return perMegapixel === 0 ? step : step + (pixels / 1e6) * perMegapixel;
}
