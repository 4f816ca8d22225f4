import type { Settings } from '#core/settings';
import { pictureForecast } from '#core/plan/forecast';
import { modelRefOf, routeText } from '#core/plan/route';
import type { PriceRange } from '#core/price';
import type { ModelSpec, ProviderInfo } from '#core/provider';
import { loraBases } from '#core/lora/lora';
import type { TaskKind } from '#core/task';
import { figure, forecastPrice, moneyRange } from '../look/format';
import { words } from '../look/words';

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
  return price.high === 0 ? forecastPrice(price, onPod) : words.routes.eachPicture(moneyRange(price));
}

const { takes: takeWords, bounds: boundWords } = words.routes;
/** What of it a kind of task can ask. */
const asked: Readonly<Record<TaskKind, readonly (keyof typeof takeWords)[]>> = {
  generate: ['seed', 'negative', 'loras'],
  edit: ['seed', 'strength', 'mask', 'loras'],
  upscale: [],
  'train-lora': [],
};
/** These are refused when they are asked for; the others are left out and said so. */
const refusals: ReadonlySet<keyof typeof takeWords> = new Set(['loras', 'mask']);

export interface RouteLimits {
  ignores: string[];
  refuses: string[];
  /** "up to 10 reference images", "sides in multiples of 8". */
  bounds: string[];
}

/** What a model does not do of what a kind of task can ask, in words. */
export function routeLimits(kind: TaskKind, model: ModelSpec): RouteLimits {
  const missing = asked[kind].filter((name) => model.takes[name] !== true);
  const named = (refused: boolean) =>
    missing.filter((name) => refusals.has(name) === refused).map((name) => takeWords[name]);
  const bounds: string[] = [];
  if (kind === 'train-lora') {
    const { loraBase } = model;
    return {
      ignores: [],
      refuses: [],
      bounds: loraBase === undefined ? [] : [boundWords.loraFor(loraBases[loraBase])],
    };
  }
  if (kind === 'edit' && model.maxReferences !== undefined)
    bounds.push(boundWords.references(model.maxReferences));
  if (kind !== 'upscale' && model.maxCount > 1) bounds.push(boundWords.pictures(model.maxCount));
  if (kind === 'upscale' && model.factors !== undefined)
    bounds.push(boundWords.enlarges(model.factors.map(figure).join(', ')));
  const { maxPixels, minPixels, multipleOf } = model.size ?? {};
  if (kind !== 'upscale' && (minPixels !== undefined || maxPixels !== undefined))
    bounds.push(boundWords.pixels(millions(minPixels), millions(maxPixels)));
  if (kind !== 'upscale' && multipleOf !== undefined && multipleOf > 1)
    bounds.push(boundWords.multiples(multipleOf));
  return { ignores: named(false), refuses: named(true), bounds };
}

function millions(pixels: number | undefined): string | undefined {
  return pixels === undefined ? undefined : figure(Number((pixels / 1e6).toFixed(1)));
}

/** The words of a kind of task. */
export const taskWords: Record<TaskKind, string> = words.routes.tasks;
