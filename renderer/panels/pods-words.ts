import {
  initialRules,
  isPaidFor,
  type GpuOffer,
  type PodAsk,
  type PodReport,
  type PodRules,
  type PodStep,
} from '#core/pod';
import { keptDiskPrice, minutesWords, paidPods, phaseWords } from '#core/pod-words';
import type { ChoiceOption } from '../fields/choice-list';
import { amount } from '../look/format';
import { words } from '../look/words';

const cents = (usd: number) => amount(Math.round(usd * 100) / 100);

/** What all pods come to. */
export function podsSum(reports: readonly PodReport[]): string {
  const { pods, perHour, sinceStart } = paidPods(reports);
  return pods.length === 0
    ? words.pods.noneCosts
    : words.pods.sum(pods.length, amount(perHour), cents(sinceStart));
}

/** What a pod costs now: by the hour while it runs, by its disk while it is stopped. */
export function costWords({ perHour, sinceStart, keptDisk }: PodReport, isPaid: boolean) {
  if (isPaid)
    return { price: words.pods.perHour(amount(perHour)), note: words.pods.sinceStart(cents(sinceStart)) };
  if (keptDisk === undefined) return undefined;
  return {
    price: words.pods.perMonth(cents(keptDiskPrice(keptDisk))),
    note: words.pods.diskOf(keptDisk),
  };
}

/** Of the pod a route runs on: `portraits, ready, $0.60/h`. */
export function usedPodWords(pod: PodReport): string {
  const perHour = `${words.pods.perHour(amount(pod.perHour))}${isPaidFor(pod.phase) ? '' : ` ${words.pods.whileItRuns}`}`;
  const price = pod.perHour > 0 ? [perHour] : [];
  return [pod.name, phaseWords(pod, words), ...price].join(', ');
}

/** `RTX 4090`: its maker is known. */
export function shortGpu(gpu: string | undefined): string | undefined {
  return gpu?.replaceAll(/NVIDIA (?:GeForce )?/g, '');
}

function minutesInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

/** When it stops by itself, and who sees to it; `at` in milliseconds since 1970. */
export function endWords({ kept, stopsAt, watchdog }: PodReport, at: number): string {
  if (!kept) return words.pods.notKept;
  const minutes = stopsAt === undefined ? 0 : Math.max(1, Math.ceil((stopsAt - at) / 60_000));
  const end = stopsAt === undefined ? '' : `${words.pods.stopsIn(minutesInWords(minutes))} · `;
  const said = `${end}${words.pods.watchdogs[watchdog]}`;
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export type PodTone = 'success' | 'spend' | 'danger' | 'action' | 'none';

/** The colour of a pod's dot: costing and idle is money, working is what it is for. */
export function toneOf({ phase, trouble }: PodReport): PodTone {
  if (trouble !== undefined || phase === 'broken' || phase === 'no-gpu') return 'danger';
  if (phase === 'busy') return 'success';
  if (phase === 'stopped' || phase === 'gone') return 'none';
  return phase === 'starting' || phase === 'ordered' || phase === 'stopping' ? 'action' : 'spend';
}

/** GPUs of a cloud, cheapest first. */
export function gpuOptions(offers: readonly GpuOffer[], cloud: PodAsk['cloud']): ChoiceOption[] {
  return offers
    .flatMap((offer) => (offer[cloud] === undefined ? [] : [{ ...offer, price: offer[cloud] }]))
    .sort((left, right) => left.price - right.price)
    .map(({ id, name, memory, stock, price }) => ({
      value: id,
      label: name,
      remark: [`${memory} GB`, stock === undefined ? undefined : words.pods.order.stocks[stock]]
        .filter(Boolean)
        .join(' · '),
      hint: words.pods.perHour(amount(price)),
      chosen: `${name} · ${memory} GB · ${words.pods.perHour(amount(price))}`,
      disabled: stock === 'none',
    }));
}

/** The cheapest GPU of which some are free, that has the memory for the larger open models. */
export function firstGpu(offers: readonly GpuOffer[], cloud: PodAsk['cloud']): string {
  const options = gpuOptions(offers, cloud).filter(({ disabled }) => disabled !== true);
  const memoryOf = (id: string) => offers.find((offer) => offer.id === id)?.memory ?? 0;
  return (options.find(({ value }) => memoryOf(value) >= 24) ?? options[0])?.value ?? '';
}

/** Of a rule: minutes to choose from, with the one that holds. */
export function minuteOptions(
  minutes: readonly number[],
  now: number | null,
  never: boolean,
): ChoiceOption[] {
  const all = [...new Set([...minutes, ...(now === null ? [] : [now])])].sort((left, right) => left - right);
  return [
    ...all.map((value) => ({ value: String(value), label: minutesWords(value, words) })),
    ...(never ? [{ value: 'never', label: words.pods.rules.never }] : []),
  ];
}

export function readMinutes(value: string): number | null {
  return value === 'never' ? null : Number(value);
}

/** What the form holds, as it is typed. */
export interface PodForm extends Omit<PodAsk, 'gpu' | 'ports' | 'env' | 'volume' | 'start'> {
  gpu: string;
  count: number;
  /** The id; `''` for none. */
  volume: string;
  /** `22/tcp, 7860/http` */
  ports: string;
  /** `NAME=value`, one a line. */
  env: string;
  start: string;
  watchdog: boolean;
}

export const emptyForm: PodForm = {
  name: '',
  gpu: '',
  count: 1,
  cloud: 'secure',
  image: 'runpod/comfyui:latest',
  template: '',
  disk: 50,
  volume: '',
  port: 8188,
  ports: '',
  env: '',
  start: '/start.sh',
  watchdog: true,
  rules: initialRules,
};

/** The order a form stands for, or what is wrong with it. */
export function readForm(
  form: PodForm,
  volumes: readonly { id: string; dataCenter: string }[],
): { ask: PodAsk } | { wrong: string } {
  const said = words.pods.order.wrong;
  const { gpu, count, ports, env, volume, start, watchdog, ...rest } = form;
  if (gpu === '') return { wrong: said.gpu };
  if (rest.image.trim() === '' && rest.template.trim() === '') return { wrong: said.image };
  const open = ports.split(/[\s,]+/).filter((port) => port !== '');
  const wrongPort = open.find((port) => !/^\d{1,5}\/(http|tcp)$/.test(port));
  if (wrongPort !== undefined) return { wrong: said.port(wrongPort) };
  if (open.length > 9) return { wrong: said.ports };
  const lines = env.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line) => /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line));
  const place = pairs.findIndex((pair) => pair === null || pair[1]!.startsWith('SEEDLOOM_'));
  // The line itself may hold a key.
  if (place >= 0)
    return {
      wrong: said.environment(place + 1),
    };
  if (watchdog && start.trim() === '') return { wrong: said.start };
  const found = volumes.find(({ id }) => id === volume);
  return {
    ask: {
      ...rest,
      // A template has an image of its own.
      image: rest.template.trim() === '' ? rest.image : '',
      gpu: { id: gpu, count },
      ports: open,
      env: Object.fromEntries(pairs.map((pair) => [pair![1]!, pair![2]!])),
      volume: found === undefined ? null : { id: found.id, dataCenter: found.dataCenter },
      start: watchdog ? start.trim() : null,
    },
  };
}

/** What a button after a failure says and where it leads; steps that the row's own buttons do have none. */
export function stepButton(
  step: PodStep,
): { words: string; link?: string; to?: 'keys' | 'new-pod' } | undefined {
  switch (step) {
    case 'top-up':
      return { words: words.pods.steps.topUp, link: 'https://console.runpod.io/user/billing' };
    case 'set-key':
      return { words: words.pods.steps.keys, to: 'keys' };
    case 'redeploy':
    case 'other-gpu':
      return { words: words.pods.steps.newPod, to: 'new-pod' };
    case 'unlock':
      return { words: words.pods.steps.unlock, link: 'https://console.runpod.io/pods' };
    case 'list':
    case 'wait-and-start':
    case 'stop-here':
      return undefined;
  }
}

export type RuleName = keyof Pick<PodRules, 'idle' | 'maxAge' | 'lease'>;

export const ruleFields: readonly {
  name: RuleName;
  minutes: readonly number[];
  never: boolean;
}[] = [
  {
    name: 'idle',
    minutes: [5, 10, 15, 30, 60, 120],
    never: true,
  },
  {
    name: 'maxAge',
    minutes: [60, 180, 360, 720, 1440],
    never: true,
  },
  {
    name: 'lease',
    minutes: [5, 10, 15, 30, 60],
    never: false,
  },
];
