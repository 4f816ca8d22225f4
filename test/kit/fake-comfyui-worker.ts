import { setImmediate as nextTurn } from 'node:timers/promises';
import sharp from 'sharp';
import { executeNode, signatures, type Executed, type Value } from './fake-comfyui-execute';
import type { ComfyuiFiles } from './fake-comfyui-files';
import { isLink, type ObjectInfo } from './fake-comfyui-graph';
import {
  nodeMeta,
  queueItem,
  type ComfyuiJob,
  type HistoryEntry,
  type HistoryMessage,
} from './fake-comfyui-jobs';
import type { ComfyuiSockets } from './fake-comfyui-sockets';

/** The job was interrupted or forgotten while it ran. */
class Stopped extends Error {}
class OutOfMemory extends Error {}

interface WorkerSurroundings {
  classes: ObjectInfo;
  files: ComfyuiFiles;
  sockets(): ComfyuiSockets;
  stepsPerJob: number | undefined;
  losses?: readonly number[] | undefined;
  /** The class of the nodes at which the memory is full. */
  fullAt?: string | undefined;
  /** Waits for `advance` before every job and every step. */
  manual: boolean;
}

/** ComfyUI's single worker: one prompt at a time, its messages in its order, and the classic cache of the last prompt. */
export class ComfyuiWorker {
  readonly pending: ComfyuiJob[] = [];
  readonly history = new Map<string, HistoryEntry>();
  running: ComfyuiJob | undefined;
  readonly #around: WorkerSurroundings;
  #cache = new Map<string, Executed>();
  #looping = false;
  #go: (() => void) | undefined;
  #settled: (() => void)[] = [];
  #closed = false;

  constructor(around: WorkerSurroundings) {
    this.#around = around;
  }

  get remaining(): number {
    return this.pending.length + (this.running ? 1 : 0);
  }

  status(): unknown {
    return { status: { exec_info: { queue_remaining: this.remaining } } };
  }

  enqueue(job: ComfyuiJob): void {
    const place = this.pending.findIndex((other) => other.number > job.number);
    this.pending.splice(place < 0 ? this.pending.length : place, 0, job);
    this.#tellStatus();
    if (!this.#looping) {
      this.#looping = true;
      // The answer to POST /prompt leaves before the worker begins, as it most often does with the real thread.
      void this.#loop();
    }
  }

  /** Pending ones only. */
  remove(ids: string[] | undefined): void {
    const kept = ids ? this.pending.filter((job) => !ids.includes(job.id)) : [];
    this.pending.splice(0, this.pending.length, ...kept);
    this.#tellStatus();
  }

  /** With an id only if that one runs now. */
  interrupt(id: string | undefined): void {
    if (!this.running || (id !== undefined && this.running.id !== id)) return;
    if (this.running.ended === 'no') this.running.ended = 'interrupted';
    this.#wake();
  }

  /** What a restart of the process leaves: nothing but the files that are not temp. */
  forget(): void {
    this.pending.splice(0);
    this.history.clear();
    this.#cache.clear();
    this.#around.files.wipeTemp();
    if (this.running) this.running.ended = 'forgotten';
    this.running = undefined;
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.forget();
  }

  /** Resolves when the worker waits for `advance` or has nothing to do. */
  settled(): Promise<void> {
    if (this.#go || !this.#looping) return Promise.resolve();
    return new Promise((resolve) => this.#settled.push(resolve));
  }

  async advance(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) {
      await this.settled();
      if (!this.#go) return;
      this.#wake();
    }
    await this.settled();
  }

  #wake(): void {
    const go = this.#go;
    this.#go = undefined;
    go?.();
  }

  #tellSettled(): void {
    for (const listener of this.#settled.splice(0)) listener();
  }

  #tellStatus(): void {
    this.#around.sockets().broadcast('status', this.status());
  }

  async #pause(job: ComfyuiJob | undefined): Promise<void> {
    if (this.#around.manual && !this.#closed && job?.ended !== 'forgotten') {
      await new Promise<void>((resolve) => {
        this.#go = resolve;
        this.#tellSettled();
      });
    } else await nextTurn();
    if (job && job.ended !== 'no') throw new Stopped();
  }

  async #loop(): Promise<void> {
    while (!this.#closed) {
      await this.#pause(undefined);
      const job = this.pending.shift();
      if (!job) break;
      this.running = job;
      await this.#run(job);
      if (job.ended === 'forgotten') continue;
      this.running = undefined;
      this.#around.sockets().send(job.clientId, 'executing', { node: null, prompt_id: job.id });
      this.#tellStatus();
      if (this.pending.length === 0) break;
    }
    this.#looping = false;
    this.#tellSettled();
  }

  async #run(job: ComfyuiJob): Promise<void> {
    const messages: HistoryMessage[] = [];
    const outputs: HistoryEntry['outputs'] = {};
    const executed: string[] = [];
    const tell = (type: string, data: Record<string, unknown>, everybody = false) => {
      const whole = { prompt_id: job.id, ...data, timestamp: Date.now() };
      messages.push([type, whole]);
      if (everybody) this.#around.sockets().broadcast(type, whole);
      else this.#around.sockets().send(job.clientId, type, whole);
    };
    const where = () => ({
      node_id: job.currentNode ?? '',
      node_type: job.graph[job.currentNode ?? '']?.class_type ?? '',
      executed,
    });
    job.startedAt = Date.now();
    tell('execution_start', {});
    try {
      await this.#execute(job, outputs, executed, (nodes) => tell('execution_cached', { nodes }));
      tell('execution_success', {});
    } catch (error) {
      if (this.running !== job) return;
      if (error instanceof Stopped) tell('execution_interrupted', where(), true);
      else if (error instanceof Error) {
        const node = job.graph[job.currentNode ?? ''];
        tell('execution_error', {
          ...where(),
          exception_message: error.message,
          exception_type: error instanceof OutOfMemory ? 'torch.OutOfMemoryError' : 'RuntimeError',
          traceback: ['  File "execution.py", line 1, in execute\n'],
          current_inputs: Object.fromEntries(
            Object.entries(node?.inputs ?? {})
              .filter(([, value]) => !isLink(value))
              .map(([name, value]) => [name, [value]]),
          ),
          current_outputs: Object.keys(job.graph).filter((id) => !executed.includes(id)),
        });
      }
    }
    if (this.running !== job) return;
    const completed = messages.at(-1)?.[0] === 'execution_success';
    // A second run of the same id overwrites the first.
    this.history.set(job.id, {
      prompt: queueItem(job),
      outputs,
      status: { status_str: completed ? 'success' : 'error', completed, messages },
      meta: Object.fromEntries(Object.keys(outputs).map((id) => [id, nodeMeta(id)])),
    });
  }

  async #execute(
    job: ComfyuiJob,
    outputs: HistoryEntry['outputs'],
    executed: string[],
    tellCached: (nodes: string[]) => void,
  ): Promise<void> {
    const { classes, files, stepsPerJob, losses = [0.5, 0.25], fullAt } = this.#around;
    const sockets = this.#around.sockets();
    const signature = signatures(job.graph, files);
    const order = executionOrder(job);
    // A job with a fault must not be answered from the cache.
    const faulty = job.failure !== undefined || Number.isFinite(job.limit);
    if (faulty) this.#cache.clear();
    const before = this.#cache;
    this.#cache = new Map();
    for (const id of order) {
      const known = before.get(signature(id));
      if (known) this.#cache.set(signature(id), known);
    }
    tellCached(order.filter((id) => before.has(signature(id))));

    const progressed: Record<string, unknown> = {};
    const tellState = (id: string, value: number, max: number, state: 'running' | 'finished' | 'error') => {
      const names = { node_id: id, display_node_id: id, parent_node_id: null, real_node_id: id };
      progressed[id] = { value, max, state, prompt_id: job.id, ...names };
      sockets.send(job.clientId, 'progress_state', { prompt_id: job.id, nodes: progressed });
    };
    const show = (id: string, shown: Executed['shown']) => {
      if (!shown) return;
      outputs[id] = shown;
      const data = { node: id, display_node: id, output: shown, prompt_id: job.id };
      sockets.send(job.clientId, 'executed', data);
    };
    const done = new Map<string, Executed>();
    for (const id of order) {
      const node = job.graph[id];
      const nodeClass = classes[node?.class_type ?? ''];
      if (!node || !nodeClass) continue;
      const cached = before.get(signature(id));
      if (cached) {
        done.set(id, cached);
        show(id, cached.shown);
        continue;
      }
      job.currentNode = id;
      tellState(id, 0, 1, 'running');
      sockets.send(job.clientId, 'executing', { node: id, display_node: id, prompt_id: job.id });
      const linked: Record<string, Value> = {};
      for (const [name, value] of Object.entries(node.inputs)) {
        const arrived = isLink(value) ? done.get(value[0])?.values[value[1]] : undefined;
        if (arrived) linked[name] = arrived;
      }
      let steps = 1;
      const work = executeNode({
        node,
        nodeClass,
        signature: signature(id),
        linked,
        files,
        texts: {
          prompt: job.graph,
          ...(job.extraData['extra_pnginfo'] as Record<string, unknown> | undefined),
        },
        limit: job.limit,
        stepsPerJob,
        losses,
        progress: async (value, max) => {
          await this.#pause(job);
          if (value > 1 || max === 1) failIfTold(job);
          if (node.class_type === fullAt) throw new OutOfMemory('Allocation on device ');
          steps = max;
          tellState(id, value, max, 'running');
          sockets.send(job.clientId, 'progress', { value, max, prompt_id: job.id, node: id });
          await this.#preview(job, id, value, max);
        },
        beforeSaving: () => failIfTold(job),
      });
      const result = await work.catch((error: unknown) => {
        if (!(error instanceof Stopped)) tellState(id, 0, steps, 'error');
        throw error;
      });
      if (job.ended !== 'no') throw new Stopped();
      done.set(id, result);
      executed.push(id);
      if (!faulty) this.#cache.set(signature(id), result);
      tellState(id, steps, steps, 'finished');
      show(id, result.shown);
    }
  }

  /** Only for jobs that ask for previews: the server's own default is none. */
  async #preview(job: ComfyuiJob, nodeId: string, value: number, max: number): Promise<void> {
    const method = job.extraData['preview_method'];
    if (typeof method !== 'string' || method === 'none' || job.clientId === undefined) return;
    const grey = Math.round((value / max) * 255);
    const background = { r: grey, g: grey, b: grey };
    const jpeg = await sharp({ create: { width: 64, height: 64, channels: 3, background } })
      .jpeg()
      .toBuffer();
    this.#around.sockets().preview(job.clientId, { nodeId, promptId: job.id, jpeg });
  }
}

function failIfTold(job: ComfyuiJob): void {
  if (job.failure !== undefined) throw new OutOfMemory(job.failure);
}

/** What each output needs, before it; outputs in the prompt's own order. */
function executionOrder(job: ComfyuiJob): string[] {
  const order: string[] = [];
  const visit = (id: string) => {
    if (order.includes(id)) return;
    for (const value of Object.values(job.graph[id]?.inputs ?? {})) if (isLink(value)) visit(value[0]);
    order.push(id);
  };
  for (const output of job.outputs) visit(output);
  return order;
}
