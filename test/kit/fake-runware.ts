import type { FakeVendor, RequestPoint } from './fake-vendor';
import { FakeJobs, type FakeJob } from './fake-jobs';
import { jsonAnswer, startFakeVendor, textAnswer, type Answer, type Call } from './fake-vendor-server';

export interface FakeRunwareOptions {
  key?: string;
  /** The question with this number is the first that finds the task ended. */
  pollsUntilDone?: number;
}

interface Task {
  taskType?: unknown;
  taskUUID?: unknown;
  [field: string]: unknown;
}

/** Fields of an order, and the models they are for. */
const models = new Set(['bytedance:5@0', 'bytedance:seedream@4.5']);
const fields = new Set([
  'taskType',
  'taskUUID',
  'model',
  'positivePrompt',
  'inputs',
  'width',
  'height',
  'numberResults',
  'outputType',
  'outputFormat',
  'includeCost',
  'deliveryMethod',
]);
const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

const taskOf = (body: unknown): Task => (Array.isArray(body) ? ((body[0] ?? {}) as Task) : {});

function pointsOfBody(body: unknown): readonly RequestPoint[] {
  switch (taskOf(body).taskType) {
    case 'imageInference':
      return ['submit'];
    case 'getResponse':
    case 'getTaskDetails':
      return ['status', 'result'];
    case 'accountManagement':
      return ['catalogue'];
    default:
      return [];
  }
}

/** What is wrong with an order: a code, or nothing. */
function problemOf(task: Task): string | undefined {
  const { model, positivePrompt, width, height, inputs } = task;
  if (!uuid.test(String(task.taskUUID))) return 'invalidTaskUUID';
  for (const field of Object.keys(task)) if (!fields.has(field)) return 'unsupportedParameter';
  if (typeof model !== 'string' || !models.has(model)) return 'invalidModel';
  if (typeof positivePrompt !== 'string' || positivePrompt === '') return 'invalidPositivePrompt';
  if (!Number.isInteger(width) || !Number.isInteger(height)) return 'invalidWidth';
  const least = model === 'bytedance:5@0' ? 960 * 960 : 2560 * 1440;
  const pixels = Number(width) * Number(height);
  if (pixels < least || pixels > 4096 * 4096) return 'invalidImagePixels';
  const { referenceImages = [] } = (inputs ?? {}) as { referenceImages?: unknown };
  const isPicture = (value: unknown) => /^data:image\/\w+;base64,[\w+/]+=*$/.test(String(value));
  if (!Array.isArray(referenceImages) || referenceImages.length > 14 || !referenceImages.every(isPicture))
    return 'invalidReferenceImages';
  return undefined;
}

/** Runware's one address. Charges: one for a taken task, kept when it fails (its papers do not say that it is free). */
export async function createFakeRunware(options: FakeRunwareOptions = {}): Promise<FakeVendor> {
  const { key = 'test-key', pollsUntilDone = 1 } = options;
  const jobs = new FakeJobs({ pollsUntilDone, refunds: false });

  const refused = (status: number, code: string, task: Task = {}, message = `The code is ${code}.`) => {
    const { taskType, taskUUID } = task;
    return jsonAnswer(status, { errors: [{ code, message, taskType, taskUUID }] });
  };

  function order(task: Task, { fault }: Call): Answer {
    if (fault?.kind === 'moderation') return refused(400, 'contentPolicyViolation', task);
    const problem = problemOf(task);
    if (problem !== undefined) return refused(400, problem, task);
    const id = String(task.taskUUID);
    if (jobs.get(id) !== undefined) return refused(400, 'conflictTaskUUID', task);
    const { width, height } = task as unknown as FakeJob['input'];
    const job = jobs.take({ width, height, pictures: 1, from: JSON.stringify(task) }, id);
    jobs.shape(job, fault);
    return jsonAnswer(200, { data: [{ taskType: task.taskType, taskUUID: id }] });
  }

  async function state(task: Task, { fault, origin }: Call): Promise<Answer> {
    const id = String(task.taskUUID);
    const known = jobs.get(id);
    if (known !== undefined) jobs.shape(known, fault);
    const job = jobs.get(id);
    if (job === undefined) return refused(404, 'taskNotFound', task);
    const about = { taskType: 'imageInference', taskUUID: id };
    if (jobs.ask(job) !== 'ended')
      return jsonAnswer(200, { data: [{ ...about, status: 'processing', progress: 40 }] });
    if (job.failed === 'moderation') return refused(400, 'providerContentPolicyViolation', task);
    if (job.failed !== undefined) return refused(502, 'inferenceError', task, job.message);
    const [path] = await jobs.draw(job);
    const made = { imageUUID: id, imageURL: `${origin}${path}`, cost: 0.04, seed: 7 };
    return jsonAnswer(200, { data: [{ ...about, status: 'success', ...made }] });
  }

  /** Whatever was taken and not forgotten is here. */
  function archived(task: Task, { fault }: Call): Answer {
    const job = jobs.get(String(task.taskUUID));
    if (job !== undefined) jobs.shape(job, fault);
    if (jobs.get(String(task.taskUUID)) === undefined) return refused(404, 'taskNotFound', task);
    const accepted = { data: [{ taskType: 'imageInference', taskUUID: task.taskUUID }] };
    return jsonAnswer(200, { data: [{ ...task, request: [], response: accepted }] });
  }

  async function handle(call: Call): Promise<Answer> {
    const { method, path, body } = call.request;
    if (method === 'GET' && path.startsWith('/files/')) return jobs.file(path);
    if (method !== 'POST' || path !== '/v1') return textAnswer(404, 'Not Found');
    const task = taskOf(body);
    switch (task.taskType) {
      case 'imageInference':
        return order(task, call);
      case 'getResponse':
        return state(task, call);
      case 'getTaskDetails':
        return archived(task, call);
      case 'accountManagement': {
        const account = { operation: task['operation'], organizationName: 'Test', balance: 12.5 };
        return jsonAnswer(200, { data: [{ taskType: task.taskType, taskUUID: task.taskUUID, ...account }] });
      }
      default:
        return refused(400, 'unsupportedTaskType', task);
    }
  }

  return startFakeVendor(
    {
      authorization: `Bearer ${key}`,
      points: (_method, path) => (path.startsWith('/files/') ? ['download'] : []),
      pointsOfBody,
      lacks: ['upload', 'cancel'],
      isOpen: (path) => path.startsWith('/files/'),
      shows: {
        moderation: ['submit', 'result'],
        'job-failed': ['submit', 'result'],
        lost: ['submit', 'status', 'result'],
      },
      badKey: () => refused(401, 'invalidApiKey'),
      noBalance: () => refused(402, 'insufficientCredits'),
      refusal: (status) =>
        jsonAnswer(status, { errors: [{ code: 'standardError', message: `HTTP ${status}` }] }),
      expired: (status) => textAnswer(status, 'Not Found'),
      handle,
    },
    jobs.charges,
  );
}
