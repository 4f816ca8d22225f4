import type { Settings } from '#core/ipc';
import { pictureForecast } from '#core/plan/forecast';
import { modelRefOf, routeText } from '#core/plan/route';
import type { PriceRange } from '#core/price';
import type { ModelSpec, ProviderInfo } from '#core/provider';
import { loraBases } from '#core/lora/lora';
import type { TaskKind } from '#core/task';
import { forecastPrice, moneyRange } from '../look/format';

export interface RouteChoice {
  /** `provider/model`. */
  route: string;
  provider: ProviderInfo;
  model: ModelSpec;
  /** US dollars a picture of any size, the person's own price where one is set. */
  price: PriceRange;
  ownPrice: boolean;
}

/** Every route that can do a kind of task, provider by provider. */
export function routeChoices(
  kind: TaskKind,
  providers: readonly ProviderInfo[],
  prices: Settings['prices'],
): RouteChoice[] {
  return providers.flatMap((provider) =>
    provider.models
      .filter((model) => model.rehearses === undefined && model.tasks.includes(kind))
      .map((model) => {
        const route = routeText({ provider: provider.id, model: model.id });
        const own = prices[route];
        return {
          route,
          provider,
          model,
          price: pictureForecast(model, own),
          ownPrice: own !== undefined,
        };
      }),
  );
}

/** The choice a route names; a provider alone means its first model of the kind. */
export function findRoute(
  choices: readonly RouteChoice[],
  route: string | undefined,
): RouteChoice | undefined {
  if (route === undefined) return undefined;
  const { provider, model } = modelRefOf(route);
  return choices.find((choice) => (model === '' ? choice.provider.id === provider : choice.route === route));
}

/** "$0.03 a picture", "$0.03–0.11 a picture", "free", "pod time". */
export function pricePerPicture(price: PriceRange, onPod = false): string {
  return price.high === 0 ? forecastPrice(price, onPod) : `${moneyRange(price)} a picture`;
}

const takeWords: Record<TaskKind, Partial<Record<keyof ModelSpec['takes'], string>>> = {
  generate: { seed: 'the seed', negative: 'the negative prompt', loras: 'LoRAs' },
  edit: { seed: 'the seed', strength: 'the strength', mask: 'masks', loras: 'LoRAs' },
  upscale: {},
  'train-lora': {},
};
/** These are refused when they are asked for; the others are left out and said so. */
const refusals: ReadonlySet<string> = new Set(['loras', 'mask']);

export interface RouteLimits {
  ignores: string[];
  refuses: string[];
  /** "up to 10 reference images", "sides in multiples of 8". */
  bounds: string[];
}

/** What a model does not do of what a kind of task can ask, in words. */
export function routeLimits(kind: TaskKind, model: ModelSpec): RouteLimits {
  const missing = Object.entries(takeWords[kind]).filter(
    ([name]) => model.takes[name as keyof ModelSpec['takes']] !== true,
  );
  const words = (refused: boolean) =>
    missing.filter(([name]) => refusals.has(name) === refused).map(([, word]) => word);
  const bounds: string[] = [];
  if (kind === 'train-lora') {
    const { loraBase } = model;
    return {
      ignores: [],
      refuses: [],
      bounds: loraBase === undefined ? [] : [`the LoRA is for ${loraBases[loraBase]}`],
    };
  }
  if (kind === 'edit' && model.maxReferences !== undefined)
    bounds.push(`up to ${model.maxReferences} reference ${model.maxReferences === 1 ? 'image' : 'images'}`);
  if (kind !== 'upscale' && model.maxCount > 1) bounds.push(`up to ${model.maxCount} pictures in one job`);
  if (kind === 'upscale' && model.factors !== undefined)
    bounds.push(`enlarges by ${model.factors.join(', ')}`);
  const { maxPixels, minPixels, multipleOf } = model.size ?? {};
  if (kind !== 'upscale' && (minPixels !== undefined || maxPixels !== undefined))
    bounds.push(`${pixelRange(minPixels, maxPixels)} million pixels`);
  if (kind !== 'upscale' && multipleOf !== undefined && multipleOf > 1)
    bounds.push(`sides in multiples of ${multipleOf}`);
  return { ignores: words(false), refuses: words(true), bounds };
}

function pixelRange(min: number | undefined, max: number | undefined): string {
  const millions = (count: number) => String(Number((count / 1e6).toFixed(1)));
  if (min === undefined) return max === undefined ? '' : `up to ${millions(max)}`;
  return max === undefined ? `at least ${millions(min)}` : `${millions(min)} to ${millions(max)}`;
}

/** The words of a kind of task. */
export const taskWords: Record<TaskKind, string> = {
  generate: 'Generate',
  edit: 'Edit',
  upscale: 'Upscale',
  'train-lora': 'Train LoRA',
};
