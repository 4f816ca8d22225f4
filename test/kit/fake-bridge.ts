import type { WorkflowDocument } from '#core/document/schema';
import { userFailure, type Failure } from '#core/failure';
import {
  initialSettings,
  type AppStart,
  type Bridge,
  type BridgeCall,
  type BridgeEvent,
  type BridgeInput,
  type BridgeOutputs,
} from '#core/ipc';
import type { NodeCatalogue } from '#core/node';
import { canRun, planWorkflow } from '#core/plan/plan';
import type { Knowledge, StoredResult } from '#core/plan/knowledge';
import type { Plan } from '#core/plan/planned';
import type { ProviderInfo } from '#core/provider';
import type { RunEvent } from '#core/run';
import type { ImageRef, Outputs } from '#core/values';

type Handlers = {
  [C in BridgeCall]?: (input: BridgeInput<C>) => Promise<BridgeOutputs[C]> | BridgeOutputs[C];
};

export interface FakeBridgeOptions {
  catalogue: NodeCatalogue;
  providers: readonly ProviderInfo[];
  start?: Partial<AppStart>;
  /** Texts of workflow files by example name. */
  examples?: Readonly<Record<string, { title: string; text: string }>>;
  /** The picture a made-up result shows; called with a running number. */
  picture(number: number): ImageRef;
  /** Milliseconds between the events of a run; 0 sends them all at once. */
  pace?: number;
  /** Steps that fail: node id → failure. */
  fails?: Readonly<Record<string, Failure>>;
}

export interface FakeBridge extends Bridge {
  readonly calls: { name: BridgeCall; input: unknown }[];
  send(event: BridgeEvent): void;
}

/** A program behind the window that lives in memory: plans with the real planner, and makes up the runs. */
export function fakeBridge(options: FakeBridgeOptions): FakeBridge {
  const { catalogue, providers, pace = 0 } = options;
  const listeners = new Set<(event: BridgeEvent) => void>();
  const results = new Map<string, StoredResult>();
  const calls: FakeBridge['calls'] = [];
  const cancelled = new Set<string>();
  let settings = initialSettings;
  let secrets: AppStart['secrets'] = {};
  let runs = 0;
  let pictures = 0;
  let saves = 0;
  const history: RunEvent[][] = [];

  const known: Knowledge = {
    hash: hashText,
    result: (key) => results.get(key),
    previous: () => undefined,
    file: (ref) =>
      ref.hash === undefined
        ? userFailure('no-file', `${ref.name} is not there.`)
        : { ...options.picture(Number.parseInt(ref.hash.slice(0, 6), 16)), hash: ref.hash },
    folder: () => [options.picture(0), options.picture(1)],
    price: (route) => settings.prices[route],
    outFolder: '/pictures',
  };
  const plan = (document: WorkflowDocument, targets?: readonly string[]): Plan =>
    planWorkflow(
      { document, catalogue, providers: new Map(providers.map((one) => [one.id, one])), known },
      targets,
    );
  const send = (event: BridgeEvent) => {
    for (const listener of listeners) listener(event);
  };
  const wait = () => (pace === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, pace)));

  async function run(id: string, document: WorkflowDocument, targets: readonly string[] | undefined) {
    const first = plan(document, targets);
    const told: RunEvent[] = [];
    history.push(told);
    let seq = 0;
    let spent = 0;
    const stamp = () => ({ run: id, seq: seq++, at: new Date().toISOString() });
    const tell = (...events: RunEvent[]) => {
      told.push(...events);
      send({ type: 'run', events });
    };
    tell({
      ...stamp(),
      type: 'run-opened',
      documentId: document.id,
      title: document.title,
      steps: first.steps.map(({ id: step, node, verdict }) => ({ step, node, reused: verdict === 'reused' })),
      price: first.forecast.price.high,
    });
    const done = new Set<string>();
    let failed = false;
    for (const { id: step } of first.steps) {
      // Planned anew: keys become known as results come.
      const now = plan(document, targets).steps.find((one) => one.id === step);
      if (now === undefined) continue;
      const { node } = now;
      const blocked = Object.values(now.inputs)
        .flat()
        .some((item) => 'from' in item && !done.has(item.from));
      const failure = options.fails?.[node];
      if (cancelled.has(id) || blocked) {
        tell({ ...stamp(), type: 'step-skipped', step, node, because: 'a step before it did not finish' });
        continue;
      }
      if (now.verdict === 'reused' && now.outputs !== undefined) {
        done.add(step);
        tell({
          ...stamp(),
          type: 'step-finished',
          step,
          node,
          key: now.key ?? '',
          outputs: now.outputs,
          reused: true,
          price: 0,
        });
        continue;
      }
      tell({ run: id, at: new Date().toISOString(), type: 'step-started', step, node });
      for (const fraction of [0.3, 0.7]) {
        await wait();
        tell({ run: id, at: new Date().toISOString(), type: 'job-progressed', step, node, fraction });
      }
      await wait();
      if (failure !== undefined) {
        failed = true;
        tell(
          failure.charge === 'possible'
            ? { ...stamp(), type: 'step-in-doubt', step, node, requestId: 'r1', failure }
            : { ...stamp(), type: 'step-failed', step, node, failure },
        );
        continue;
      }
      const outputs = madeUp(document, node, now.inputs);
      const price = now.forecast.price.high;
      spent += price;
      if (now.key !== undefined) results.set(now.key, { outputs, price, at: new Date().toISOString() });
      done.add(step);
      tell({
        ...stamp(),
        type: 'step-finished',
        step,
        node,
        key: now.key ?? '',
        outputs,
        reused: false,
        price,
      });
    }
    const outcome = cancelled.has(id) ? 'cancelled' : failed ? 'failed' : 'done';
    tell({ ...stamp(), type: 'run-closed', outcome, spent });
  }

  function madeUp(
    document: WorkflowDocument,
    node: string,
    inputs: Plan['steps'][number]['inputs'],
  ): Outputs {
    const definition = catalogue.get(document.nodes[node]?.type ?? '');
    const outputs: Outputs = {};
    for (const [port, { type }] of Object.entries(definition?.outputs ?? {})) {
      const given = Object.values(inputs)
        .flat()
        .flatMap((item) => ('value' in item ? [item.value] : []));
      if (type === 'image' || type === 'mask')
        outputs[port] =
          definition?.group === 'result'
            ? given.filter((one) => typeof one === 'object')
            : [options.picture(pictures++)];
      else outputs[port] = given;
    }
    return outputs;
  }

  const handlers: Handlers = {
    'app.start': () => ({
      version: '0.0.0',
      platform: 'linux',
      settings,
      providers: [...providers],
      secrets,
      canKeepSecrets: true,
      examples: Object.entries(options.examples ?? {}).map(([name, { title }]) => ({ name, title })),
      recent: ['/home/me/pictures/Autumn campaign.seedloom', '/home/me/pictures/Portraits.seedloom'],
      outFolder: '/home/me/Pictures/Seedloom',
      ...options.start,
    }),
    'workflow.open': ({ example = '' }) => {
      const found = options.examples?.[example];
      return found === undefined
        ? null
        : { path: null, name: found.title, text: found.text, seen: hashText(found.text) };
    },
    'workflow.save': ({ path, suggestedName }) => ({
      path: path ?? `/home/me/${suggestedName}.seedloom`,
      seen: `save-${(saves += 1)}`,
    }),
    'plan.make': ({ document, targets }) => plan(document, targets),
    'run.start': ({ document, targets }) => {
      const planned = plan(document, targets);
      if (!canRun(planned)) return { issues: planned.issues };
      const id = `run-${(runs += 1)}`;
      void run(id, document, targets);
      return { run: id };
    },
    'run.cancel': ({ run: id }) => {
      cancelled.add(id);
      return null;
    },
    'run.list': () =>
      history.flatMap((events) => {
        const [opened] = events;
        const closed = events.at(-1);
        if (opened?.type !== 'run-opened') return [];
        return [
          {
            run: opened.run,
            title: opened.title,
            openedAt: opened.at,
            spent: closed?.type === 'run-closed' ? closed.spent : 0,
            steps: opened.steps.length,
            ...(closed?.type === 'run-closed' ? { outcome: closed.outcome, closedAt: closed.at } : {}),
          },
        ];
      }),
    'run.show': ({ run: id }) => history.find(([opened]) => opened?.run === id) ?? [],
    'settings.change': (change) => (settings = { ...settings, ...change } as typeof settings),
    'secret.set': ({ provider, name, value }) =>
      (secrets = { ...secrets, [`${provider}.${name}`]: value === null ? 'none' : 'kept' }),
    'picture.choose': () => {
      const image = options.picture(pictures++);
      return [{ file: { name: 'photo.png', hash: image.hash }, image }];
    },
    'picture.import': ({ files }) =>
      files.map((path) => {
        const image = options.picture(pictures++);
        return { file: { name: path.split('/').pop() ?? path, hash: image.hash }, image };
      }),
  };

  return {
    calls,
    send,
    async call(name, input) {
      calls.push({ name, input });
      const handler = handlers[name] as ((input: unknown) => unknown) | undefined;
      return { ok: true, value: (await handler?.(input)) ?? null } as never;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pathOfFile: (file) => `/home/me/${(file as { name?: string }).name ?? ''}`,
  };
}

/** 64 hex digits that differ for different texts; no sha256, which a page cannot work out at once. */
function hashText(text: string): string {
  let hash = '';
  for (let part = 0; part < 8; part += 1) {
    let value = 2166136261 ^ (part * 0x9e3779b1);
    for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
    hash += (value >>> 0).toString(16).padStart(8, '0');
  }
  return hash;
}
