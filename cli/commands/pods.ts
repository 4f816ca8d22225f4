import { setTimeout as sleep } from 'node:timers/promises';
import { FailureError, userFailure } from '#core/failure';
import { initialRules, isPaidFor, type PodReport, type PodRules } from '#core/pod';
import { keptDiskPrice, minutesWords, phaseWords, rulesWords } from '#core/pod-words';
import { confirm } from '../confirm';
import { withEngine, type Context, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { gpuLines, podLines, printPodFailure } from '../pod-words';
import { clean, money } from '../print';

export interface PodRuleOptions {
  idle?: number | 'never';
  maxAge?: number | 'never';
  lease?: number;
  job?: number;
  startTime?: number;
}

export interface PodStartOptions extends PodRuleOptions {
  yes?: boolean;
  wait: boolean;
}

export interface PodCreateOptions extends PodStartOptions {
  gpu: string;
  count: number;
  cloud: 'secure' | 'community';
  image?: string;
  template?: string;
  name?: string;
  disk: number;
  keptDisk?: number;
  volume?: { id: string; path: string };
  dataCenter?: string[];
  port: number;
  openPort?: string[];
  env?: [name: string, value: string][];
  startCommand: string;
  watchdog: boolean;
}

/** Does it with the engine; what fails is said with what to do about it. */
export function pods(outside: Surroundings, subject: string, work: (context: Context) => Promise<ExitCode>) {
  return withEngine(outside, [], async (context) => {
    try {
      return await work(context);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      const { failure } = error;
      printPodFailure(context.output, subject, failure);
      return failure.act === 'user' ? exit.unusable : exit.failed;
    }
  });
}

function show({ output }: Context, reports: readonly PodReport[]): void {
  if (output.json) output.data(reports);
  else for (const line of podLines(reports, Date.now())) output.line(line);
}

/** `seedloom pods` */
export function listPods(outside: Surroundings): Promise<ExitCode> {
  return pods(outside, 'pods', async (context) => {
    show(context, await context.engine.pods.list());
    return exit.done;
  });
}

/** `seedloom pods gpus` */
export function listGpus(cloud: 'secure' | 'community', outside: Surroundings): Promise<ExitCode> {
  return pods(outside, 'pods gpus', async ({ engine, output }) => {
    const offers = await engine.pods.offers(cloud);
    if (output.json) output.data(offers);
    else for (const line of gpuLines(offers, cloud)) output.line(line);
    return exit.done;
  });
}

/** `seedloom pods volumes` */
export function listVolumes(outside: Surroundings): Promise<ExitCode> {
  return pods(outside, 'pods volumes', async ({ engine, output }) => {
    const volumes = await engine.pods.volumes();
    if (output.json) output.data(volumes);
    else if (volumes.length === 0) output.line('No network volumes.');
    else
      for (const { id, name, size, dataCenter } of volumes)
        output.line(`${clean(id)}  ${clean(name)}  ${size} GB  ${clean(dataCenter)}`);
    return exit.done;
  });
}

function rulesOf({ idle, maxAge, lease, job, startTime }: PodRuleOptions): Partial<PodRules> {
  return {
    ...(idle === undefined ? {} : { idle: idle === 'never' ? null : idle }),
    ...(maxAge === undefined ? {} : { maxAge: maxAge === 'never' ? null : maxAge }),
    ...(lease === undefined ? {} : { lease }),
    ...(job === undefined ? {} : { job }),
    ...(startTime === undefined ? {} : { start: startTime }),
  };
}

/** Shows what it will cost and asks; a yes is needed before anything is sent that costs. */
export async function agreed(
  { output }: Context,
  words: readonly string[],
  yes: boolean,
  what = 'this price',
): Promise<ExitCode | 'yes'> {
  for (const line of words) output.error(line);
  const answer = yes || (await confirm('Go on?', false));
  if (answer === undefined) {
    output.error(`Nothing was sent: nobody can be asked here. Add --yes to agree to ${what}.`);
    return exit.unusable;
  }
  if (answer) return 'yes';
  output.error('Nothing was sent.');
  return exit.cancelled;
}

export function priceWords(what: string, perHour: number): string {
  return `${what}: ${money(perHour)} an hour (${money(Math.round(perHour * 2400) / 100)} a day), from now until it is stopped.`;
}

/** `seedloom pods create` */
export function createPod(options: PodCreateOptions, outside: Surroundings): Promise<ExitCode> {
  return pods(outside, 'pods create', async (context) => {
    const { engine } = context;
    const { cloud, count, watchdog, template, keptDisk, volume, port } = options;
    if (keptDisk !== undefined && volume !== undefined)
      throw new FailureError(
        userFailure('two-disks', 'A pod has a network volume or a disk of its own that is kept, not both.'),
      );
    const offers = await engine.pods.offers(cloud);
    const wanted = options.gpu.toLowerCase();
    const gpu = offers.find(({ id, name }) => [id.toLowerCase(), name.toLowerCase()].includes(wanted));
    const price = gpu?.[cloud];
    if (gpu === undefined || price === undefined)
      throw new FailureError(
        userFailure('no-stock', `RunPod has no GPU "${options.gpu}" in its ${cloud} cloud.`),
      );
    if (gpu.stock === 'none')
      throw new FailureError(
        userFailure(
          'no-stock',
          `RunPod has no ${gpu.name} free in its ${cloud} cloud now. Nothing was ordered.`,
        ),
      );
    const rules = { ...initialRules, ...rulesOf(options) };
    const doubts = engine.pods.known().filter(({ phase }) => phase === 'ordered').length;
    const words = [
      ...(doubts === 0
        ? []
        : ['An order of before is in doubt: "pods" shows it. This would be another one, paid for as well.']),
      priceWords(`${count === 1 ? '' : `${count} × `}${gpu.name}, ${cloud} cloud`, price * count),
      ...(keptDisk === undefined
        ? []
        : [
            `Its kept disk of ${keptDisk} GB costs about ${money(keptDiskPrice(keptDisk))} a month while it is stopped.`,
          ]),
      ...rulesWords(rules, watchdog),
    ];
    const answer = await agreed(context, words, options.yes === true);
    if (answer !== 'yes') return answer;
    const image = options.image ?? (template === undefined ? 'runpod/comfyui:latest' : undefined);
    const { id } = await engine.pods.create({
      gpu: { id: gpu.id, count },
      cloud,
      disk: options.disk,
      ports: [...new Set([`${port}/http`, ...(options.openPort ?? [])])],
      port,
      env: Object.fromEntries(options.env ?? []),
      rules,
      start: watchdog ? options.startCommand : undefined,
      ...(image === undefined ? {} : { image }),
      ...(template === undefined ? {} : { template }),
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(keptDisk === undefined ? {} : { keptDisk }),
      ...(volume === undefined ? {} : { networkVolume: volume }),
      ...(options.dataCenter === undefined ? {} : { dataCenters: options.dataCenter }),
    });
    return options.wait ? untilReady(id, context) : told(id, context);
  });
}

/** `seedloom pods start ID` */
export function startPod(id: string, options: PodStartOptions, outside: Surroundings): Promise<ExitCode> {
  return pods(outside, `pods start ${id}`, async (context) => {
    const { engine } = context;
    const price = await engine.pods.price(id);
    const known = engine.pods.known().find((pod) => pod.id === id);
    const rules = { ...(known?.rules ?? { ...initialRules, maxAge: null }), ...rulesOf(options) };
    const cost =
      price === undefined
        ? 'RunPod does not say what it costs an hour.'
        : priceWords(`Pod ${clean(id)}`, price);
    const hasWatchdog = known !== undefined && known.watchdog !== 'none';
    const answer = await agreed(context, [cost, ...rulesWords(rules, hasWatchdog)], options.yes === true);
    if (answer !== 'yes') return answer;
    await engine.pods.start(id, rulesOf(options));
    return options.wait ? untilReady(id, context) : told(id, context);
  });
}

/** `seedloom pods stop ID` */
export function stopPod(id: string, outside: Surroundings): Promise<ExitCode> {
  return pods(outside, `pods stop ${id}`, async (context) => {
    show(context, [await context.engine.pods.stop(id)]);
    return exit.done;
  });
}

/** `seedloom pods terminate ID` */
export function terminatePod(id: string, yes: boolean, outside: Surroundings): Promise<ExitCode> {
  return pods(outside, `pods terminate ${id}`, async (context) => {
    const words = [`Pod ${clean(id)} and what is on its own disk are lost for good; a network volume stays.`];
    const answer = await agreed(context, words, yes);
    if (answer !== 'yes') return answer;
    await context.engine.pods.terminate(id);
    if (context.output.json) context.output.data({ type: 'terminated', id });
    context.output.line(`Terminated ${clean(id)}.`);
    return exit.done;
  });
}

/** `seedloom pods rules ID` */
export function setPodRules(id: string, options: PodRuleOptions, outside: Surroundings): Promise<ExitCode> {
  return pods(outside, `pods rules ${id}`, async ({ engine, output }) => {
    const pod = await engine.pods.setRules(id, rulesOf(options));
    const { rules = initialRules } = pod;
    if (output.json) output.data(pod);
    for (const line of rulesWords(rules, pod.watchdog !== 'none')) output.line(line);
    if (rulesOf(options).job !== undefined || rulesOf(options).maxAge !== undefined)
      if (pod.watchdog !== 'none')
        output.line(
          'Its watchdog keeps the greatest age and job time it was created with; the lease changes at once.',
        );
    return exit.done;
  });
}

async function told(id: string, context: Context): Promise<ExitCode> {
  show(
    context,
    context.engine.pods.known().filter((pod) => pod.id === id),
  );
  return exit.done;
}

/** Looks after all pods until ComfyUI on this one answers; Ctrl+C ends the waiting, not the pod. */
export async function waitForPod(id: string, context: Context): Promise<'ready' | 'interrupted' | 'failed'> {
  const { output } = context;
  let last = '';
  const isOver = (reports: readonly PodReport[]) => {
    const pod = reports.find((one) => one.id === id);
    if (pod === undefined) return true;
    const words = phaseWords(pod);
    if (words !== last) output.error(`${clean(pod.name)}: ${words}`);
    last = words;
    return pod.phase === 'idle' || pod.phase === 'busy' || !isPaidFor(pod.phase) || pod.phase === 'broken';
  };
  if ((await lookUntil(context, isOver)) === 'interrupted') {
    output.error('It goes on starting, and costs. "seedloom pods watch" looks after it.');
    return 'interrupted';
  }
  const pod = context.engine.pods.known().find((one) => one.id === id);
  return pod?.phase === 'idle' || pod?.phase === 'busy' ? 'ready' : 'failed';
}

async function untilReady(id: string, context: Context): Promise<ExitCode> {
  const { output } = context;
  const end = await waitForPod(id, context);
  await told(id, context);
  if (end === 'interrupted') return exit.cancelled;
  const pod = context.engine.pods.known().find((one) => one.id === id);
  const isReady = end === 'ready' && pod !== undefined;
  if (isReady) {
    const { rules = initialRules, watchdog } = pod;
    output.error(`Run on it with --pod ${clean(id)}, or press "Use for ComfyUI" in the window.`);
    if (watchdog !== 'none')
      output.error(
        `It stops itself ${minutesWords(rules.lease)} after Seedloom was last there; a run, the window and "seedloom pods watch" keep it.`,
      );
    else output.error('Nothing stops it while no Seedloom runs.');
  }
  return isReady ? exit.done : exit.failed;
}

/** Milliseconds between two looks at what is waited for. */
const lookEvery = 5000;

/** Looks oftener than whoever only keeps pods: somebody waits. */
function lookUntil({ engine }: Context, isEnd: (reports: readonly PodReport[]) => boolean) {
  return untilEnded(async (ended) => {
    while (!ended.aborted && !isEnd(await engine.pods.look()))
      await sleep(lookEvery, undefined, { signal: ended }).catch(() => undefined);
  });
}

export function keepUntil({ engine }: Context, isEnd: (reports: readonly PodReport[]) => boolean) {
  return untilEnded((signal, end) => {
    const changed = (reports: PodReport[]) => {
      if (isEnd(reports)) end();
    };
    return engine.pods.keep({ changed }, signal);
  });
}

/** Does it until it is done, or until Ctrl+C. */
async function untilEnded(
  work: (signal: AbortSignal, end: () => void) => Promise<void>,
): Promise<'ended' | 'interrupted'> {
  const ended = new AbortController();
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    ended.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    await work(ended.signal, () => ended.abort());
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  return interrupted ? 'interrupted' : 'ended';
}

/** `seedloom pods watch`: until none costs any more; when it is interrupted it asks whether they are to be stopped. */
export function watchPods(options: { stop?: boolean }, outside: Surroundings): Promise<ExitCode> {
  return pods(outside, 'pods watch', async (context) => {
    const { engine, output } = context;
    const paid = () => engine.pods.known().filter(({ phase }) => isPaidFor(phase) || phase === 'ordered');
    let last = '';
    if (paid().length === 0) {
      output.line('No pod that is looked after is running.');
      return exit.done;
    }
    const end = await keepUntil(context, (reports) => {
      const words = reports.map((pod) => `${pod.id} ${phaseWords(pod)} ${pod.trouble?.code ?? ''}`).join();
      if (output.json) output.data({ type: 'pods', pods: reports });
      else if (words !== last) for (const line of podLines(reports, Date.now())) output.line(line);
      last = words;
      return paid().length === 0;
    });
    if (end === 'ended') return exit.done;
    const running = paid();
    const names = running.map(({ name }) => clean(name)).join(', ');
    const stop = options.stop === true || (await confirm(`Stop ${names} now?`, true)) === true;
    if (stop) {
      for (const { id } of running) await engine.pods.stop(id);
      output.error(`Stopped ${names}.`);
      return exit.cancelled;
    }
    for (const { name, watchdog, rules = initialRules } of running)
      output.error(
        watchdog === 'there'
          ? `${clean(name)} goes on; it stops itself ${minutesWords(rules.lease)} from now, after its last job.`
          : `${clean(name)} goes on and costs until it is stopped: nothing is heard of a watchdog on it.`,
      );
    return exit.cancelled;
  });
}
