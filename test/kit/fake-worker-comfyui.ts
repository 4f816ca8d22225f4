import { z } from 'zod';
import { features, readClasses } from './fake-comfyui-catalogue';
import { ComfyuiFiles } from './fake-comfyui-files';
import {
  graphSchema,
  picturesAsked,
  validateGraph,
  type ObjectInfo,
  type Verdict,
} from './fake-comfyui-graph';
import type { ComfyuiJob } from './fake-comfyui-jobs';
import { ComfyuiSockets } from './fake-comfyui-sockets';
import { ComfyuiWorker } from './fake-comfyui-worker';

/** What worker-comfyui makes of a job's input: `handler.py` of worker-comfyui 5.x, with the fake ComfyUI behind it. */

const inputSchema = z.object({
  workflow: graphSchema,
  images: z.array(z.object({ name: z.string().min(1), image: z.string().min(1) })).optional(),
});

export interface WorkerShape {
  /** How pictures come home. `old`: of workers before 5.0. */
  gives: 'base64' | 's3' | 'old';
  objectInfo?: object | undefined;
}

export interface WorkerFault {
  /** The last node fails with these words. */
  failure?: string | undefined;
  /** Only so many pictures are made. */
  limit?: number | undefined;
}

export type Handled = { output: Record<string, unknown> } | { error: string };

export class FakeWorkerComfyui {
  readonly #classes: ObjectInfo;
  readonly #bucket = new Map<string, Buffer>();

  constructor(private readonly shape: WorkerShape) {
    this.#classes = readClasses(shape.objectInfo);
  }

  /** How many pictures a workflow asks for; 0 for one that does not run. */
  pictures(input: unknown): number {
    const read = inputSchema.safeParse(input).data;
    if (read === undefined) return 0;
    const verdict = this.#validate(read.workflow, new Set(read.images?.map(({ name }) => name)));
    return verdict.ok ? picturesAsked(read.workflow, verdict.outputs) : 0;
  }

  stored(path: string): Buffer | undefined {
    return this.#bucket.get(path);
  }

  /** One job, on a worker that has nothing of the jobs before it. */
  async handle(id: string, input: unknown, origin: string, fault: WorkerFault = {}): Promise<Handled> {
    const read = inputSchema.safeParse(input).data;
    if (read === undefined) return { error: "Missing 'workflow' parameter" };
    const files = new ComfyuiFiles();
    for (const { name, image } of read.images ?? []) {
      const base64 = image.includes(',') ? image.slice(image.indexOf(',') + 1) : image;
      files.upload({ filename: name, subfolder: '', type: 'input' }, Buffer.from(base64, 'base64'), true);
    }
    const verdict = this.#validate(read.workflow, new Set(read.images?.map(({ name }) => name)));
    if (!verdict.ok) return { error: validationText(verdict) };
    const sockets = new ComfyuiSockets(features, () => []);
    const worker = new ComfyuiWorker({
      classes: this.#classes,
      files,
      sockets: () => sockets,
      stepsPerJob: 1,
      manual: false,
    });
    const job: ComfyuiJob = {
      number: 0,
      id,
      graph: read.workflow,
      extraData: {},
      outputs: verdict.outputs,
      clientId: undefined,
      failure: fault.failure,
      limit: fault.limit ?? Infinity,
      currentNode: undefined,
      startedAt: undefined,
      ended: 'no',
    };
    worker.enqueue(job);
    await worker.settled();
    const entry = worker.history.get(id);
    const errors = (entry?.status.messages ?? [])
      .filter(([type]) => type === 'execution_error')
      .map(
        ([, data]) =>
          `Workflow execution error: Node Type: ${String(data['node_type'])}, Node ID: ${String(data['node_id'])}, Message: ${String(data['exception_message'])}`,
      );
    const images = Object.values(entry?.outputs ?? {})
      .flatMap(({ images: shown = [] }) => shown)
      .filter(({ type }) => type === 'output')
      .map((file) => this.#given(id, file.filename, files.read(file)!, origin));
    worker.close();
    sockets.close();
    if (images.length === 0)
      return errors.length > 0
        ? { error: 'Job processing failed', output: { error: 'Job processing failed', details: errors } }
        : { output: { status: 'success_no_images', images: [] } };
    if (this.shape.gives === 'old') return { output: { message: images[0]!.data, status: 'success' } };
    return { output: { images, ...(errors.length > 0 ? { errors } : {}) } };
  }

  #given(id: string, filename: string, bytes: Buffer, origin: string) {
    if (this.shape.gives !== 's3') return { filename, type: 'base64', data: bytes.toString('base64') };
    const path = `/bucket/${id}/${filename}`;
    this.#bucket.set(path, bytes);
    return { filename, type: 's3_url', data: `${origin}${path}?X-Amz-Signature=signed` };
  }

  #validate(graph: z.infer<typeof graphSchema>, uploads: ReadonlySet<string>): Verdict {
    return validateGraph(graph, undefined, {
      classes: this.#classes,
      files: (image) => uploads.has(image),
    });
  }
}

/** The worker flattens ComfyUI's 400 into words, with Python's way to print what is in it. */
function validationText({ error, nodeErrors }: Verdict & { ok: false }): string {
  const lines = Object.entries(nodeErrors).flatMap(([id, node]) =>
    Object.entries(node).map(([name, value]) => `• Node ${id} (${name}): ${printed(value)}`),
  );
  if (lines.length === 0)
    return `${error.message}. Raw response: ${JSON.stringify({ error, node_errors: nodeErrors })}`;
  return `Workflow validation failed:\n${lines.join('\n')}`;
}

function printed(value: unknown, isInside = false): string {
  if (typeof value === 'string') {
    if (!isInside) return value;
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
  }
  if (Array.isArray(value)) return `[${value.map((item) => printed(item, true)).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, item]) => `'${key}': ${printed(item, true)}`)
      .join(', ')}}`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null || value === undefined ? 'None' : String(value as number);
}
