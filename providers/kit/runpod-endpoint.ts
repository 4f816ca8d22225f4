import { FailureError, userFailure } from '#core/failure';
import type { ModelSpec, Provider, SettingSpec } from '#core/provider';
import type { MachineSpec } from '#core/route-economics';
import type { Recipe } from './recipes/recipe';

/** What a person sets of a Serverless endpoint of their own, and the prices and limits that follow. */

export const settings: readonly SettingSpec[] = [
  {
    name: 'endpoint',
    label: 'Endpoint id',
    initial: '',
    required: true,
    hint: "Of an endpoint with worker-comfyui, from its page in RunPod's console; its address does too.",
  },
  {
    name: 'together',
    label: 'Jobs at once',
    initial: '3',
    hint: "The endpoint's most workers. More would only wait in its queue, with their money reserved.",
  },
  {
    name: 'perSecond',
    label: 'Price of a worker, $ a second',
    initial: '0.0024',
    hint: "Of your endpoint's GPU, from docs.runpod.io/serverless/pricing; at first that of the dearest there is.",
  },
  {
    name: 'longest',
    label: 'Longest time of a job, seconds',
    initial: '600',
    hint: 'RunPod ends a job that takes longer. So much is reserved for each job before it is sent.',
  },
  {
    name: 'files',
    label: 'Model files',
    initial: '',
    hint: 'As they are called on the worker, with commas between: flux1-dev-fp8.safetensors, or flux1-dev.safetensors=my.safetensors.',
  },
  {
    name: 'linkNode',
    label: 'Node that loads by link',
    initial: '',
    hint: 'CLASS.input of a custom node on the worker, for pictures above 10 MB a job. They go by your image host.',
  },
  {
    name: 'baseUrl',
    label: 'Address',
    initial: '',
    hint: 'Only for a gateway: every call goes to this origin.',
  },
];

export interface EndpointSettings {
  endpoint: string;
  /** US dollars. */
  perSecond: number;
  /** Seconds. */
  longest: number;
  files: string;
  linkNode: string;
}

type Given = Readonly<Record<string, string>>;

/** The id, also from an address of the endpoint. Throws a `FailureError` where there is none. */
export function endpointOf(given: Given): string {
  const text = (given['endpoint'] ?? '').trim();
  const id = /^(?:https?:\/\/[^/]+\/v2\/)?([\w-]+)(?:\/.*)?$/.exec(text)?.[1];
  if (id !== undefined) return id;
  const message =
    text === ''
      ? 'RunPod Serverless needs the id of your endpoint. Enter it in the settings under Addresses.'
      : `"${text}" is no id of an endpoint. Copy it from the endpoint's page in RunPod's console.`;
  throw new FailureError(userFailure('no-endpoint', message));
}

/** All of them; throws a `FailureError` that says which one cannot be read. */
export function readSettings(given: Given): EndpointSettings {
  const number = (name: keyof typeof ranges) => {
    const value = numberIn(given, name);
    if (value !== undefined) return value;
    const { label = name } = settings.find((setting) => setting.name === name) ?? {};
    const { least, most } = ranges[name];
    const message = `"${given[name]}" is no value for "${label}" of RunPod Serverless: write a number from ${least} to ${most}.`;
    throw new FailureError(userFailure('bad-setting', message));
  };
  number('together');
  return {
    endpoint: endpointOf(given),
    perSecond: number('perSecond'),
    longest: Math.round(number('longest')),
    files: given['files'] ?? '',
    linkNode: given['linkNode'] ?? '',
  };
}

/** RunPod takes no shorter `executionTimeout` than five seconds and no longer one than a week. */
const ranges = {
  together: { least: 1, most: 1000 },
  perSecond: { least: 0, most: 1 },
  longest: { least: 5, most: 604_800 },
} as const;

function numberIn(given: Given, name: keyof typeof ranges): number | undefined {
  const text = (given[name] ?? '').trim();
  const value = Number(text);
  const { least, most } = ranges[name];
  return text !== '' && value >= least && value <= most ? value : undefined;
}

function initialOf(name: keyof typeof ranges): number {
  return Number(settings.find((setting) => setting.name === name)?.initial);
}

/** A worker, paid while it works. */
export function workerOf(given: Given): MachineSpec {
  const perSecond = numberIn(given, 'perSecond') ?? initialOf('perSecond');
  return { paidBy: 'second', perHour: perSecond * 3600 };
}

/** The recipes' models, priced by the seconds a job may take, and how many jobs go side by side. */
export function pricedByTime(recipes: readonly Recipe[], given: Given): Pick<Provider, 'limits' | 'models'> {
  const value = (name: keyof typeof ranges) => numberIn(given, name) ?? initialOf(name);
  const perSecond = value('perSecond');
  const longest = value('longest');
  const dollars = (seconds: number) => Math.round(Math.min(seconds, longest) * perSecond * 1e6) / 1e6;
  return {
    limits: { together: Math.floor(value('together')) },
    models: recipes.map(({ model: { training: _training, ...model } }): ModelSpec => ({
      ...model,
      // The worker gives pictures home, and no other files.
      tasks: model.tasks.filter((kind) => kind !== 'train-lora'),
      price: {
        perPicture: dollars(model.seconds.low),
        // What is reserved: the worker may work so long and no longer.
        orElse: { perPicture: 0, perJob: dollars(longest) },
        asOf: '2026-11-21',
        source: `$${perSecond} a second of the worker, at most ${longest} seconds (docs.runpod.io/serverless/pricing); a worker's start and idle time come on top`,
      },
    })),
  };
}
