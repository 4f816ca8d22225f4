import { z } from 'zod';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type { JsonObject } from '#core/json';
import type { GpuOffer, PodAction, PodHost, PodOrder, PodSeen, PodTools, PodVolume } from '#core/pod';
import type { HttpAnswer, HttpRequest } from '#core/provider';
import { huggingFace, lookUpFile } from './kit/hugging-face';
import { listModels, probeComfyui, renewLease } from './kit/pod-comfyui';
import { orderFiles } from './kit/pod-installer';
import { watchdogCommand, watchdogEnvironment } from './kit/pod-watchdog';
import { answered, httpFailure, readAnswer, unreadable, type VendorName } from './kit/vendor-answer';

/**
 * RunPod's pods by its REST interface v2. Source: RunPod's own openapi.json of v2 and docs.runpod.io (pods/pricing,
 * pods/troubleshooting/zero-gpus, pods/configuration/expose-ports), August 2026. v1 was retired on 15 November 2026.
 *
 * Not verified, and so read liberally: how "zero GPUs" shows after a start (a refusal with words, or a pod with a count of
 * 0: both are understood), the words of a refusal for want of GPUs (a 400 like that for a wrong order).
 */
const vendor: VendorName = {
  name: 'RunPod',
  keys: 'console.runpod.io/user/settings',
  billing: 'console.runpod.io/user/billing',
};
const host = 'https://api.runpod.io';
const markName = 'SEEDLOOM_POD';

const optional = <T>(schema: z.ZodType<T>) => schema.nullish().catch(null);
const statuses: Readonly<Record<string, PodSeen['status']>> = {
  PROVISIONING: 'starting',
  STARTING: 'starting',
  RUNNING: 'running',
  EXITED: 'stopped',
  ERROR: 'broken',
  TERMINATED: 'gone',
};
const podSchema = z.object({
  id: z.string(),
  name: z.string().catch(''),
  status: z.string(),
  cost: z.coerce.number().catch(0),
  gpu: optional(z.object({ id: z.string(), count: z.number().catch(1) })),
  image: optional(z.string()),
  cloud: optional(z.enum(['SECURE', 'COMMUNITY'])),
  dataCenterId: optional(z.string()),
  ports: z.array(z.string()).catch([]),
  env: z.record(z.string(), z.unknown()).catch({}),
  locked: z.boolean().catch(false),
  mounts: optional(
    z.object({
      persistent: optional(z.object({ size: z.number() })),
      network: optional(z.array(z.object({ volumeId: z.string() }))),
    }),
  ),
  createdAt: optional(z.string()),
  startedAt: optional(z.string()),
});
const podsSchema = z.object({ pods: z.array(podSchema) });
const price = z.number().nonnegative().nullish().catch(null);
const stocks = { NONE: 'none', LOW: 'low', MEDIUM: 'medium', HIGH: 'high' } as const;
const gpusSchema = z.object({
  gpus: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      memory: z.number().catch(0),
      secure: z.boolean().catch(true),
      community: z.boolean().catch(true),
      price: z.object({ secure: price, community: price }),
      availability: optional(z.enum(['NONE', 'LOW', 'MEDIUM', 'HIGH'])),
    }),
  ),
});
const volumesSchema = z.object({
  networkVolumes: z.array(
    z.object({ id: z.string(), name: z.string().catch(''), size: z.number(), dataCenter: z.string() }),
  ),
});

function request(tools: PodTools, method: 'GET' | 'POST', path: string, json?: JsonObject): HttpRequest {
  const headers = { authorization: `Bearer ${tools.secret('key')}` };
  return { method, url: `${host}/v2${path}`, headers, ...(json === undefined ? {} : { json }) };
}

function time(text: string | null | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function podOf(pod: z.infer<typeof podSchema>): PodSeen {
  const { mounts, env } = pod;
  const startedAt = time(pod.startedAt) ?? time(pod.createdAt);
  const volume = mounts?.network?.[0]?.volumeId;
  const mark = env[markName];
  return {
    id: pod.id,
    name: pod.name,
    status: statuses[pod.status] ?? 'unsure',
    perHour: pod.cost,
    ...(pod.gpu ? { gpu: pod.gpu } : {}),
    ...(pod.cloud ? { cloud: pod.cloud === 'SECURE' ? 'secure' : 'community' } : {}),
    ...(pod.image ? { image: pod.image } : {}),
    ...(pod.dataCenterId ? { dataCenter: pod.dataCenterId } : {}),
    ...(mounts?.persistent ? { keptDisk: mounts.persistent.size } : {}),
    ...(volume === undefined ? {} : { networkVolume: volume }),
    ports: pod.ports,
    locked: pod.locked,
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(typeof mark === 'string' ? { mark } : {}),
  };
}

/** A pod is shown with its environment, and that may hold keys: an answer that cannot be read is not repeated. */
function readPods<T>(schema: z.ZodType<T>, answer: HttpAnswer, what: string): T {
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  throw new FailureError(unreadable({ ...answer, text: 'not shown, it may hold keys' }, vendor, what));
}

async function list(tools: PodTools): Promise<PodSeen[]> {
  const answer = await tools.ask(request(tools, 'GET', '/pods'));
  return readPods(podsSchema, answer, 'the question for your pods').pods.map(podOf);
}

async function get(id: string, tools: PodTools): Promise<PodSeen> {
  const answer = await tools.ask(request(tools, 'GET', `/pods/${encodeURIComponent(id)}`));
  return podOf(readPods(podSchema, answer, 'the question for a pod'));
}

async function offers(cloud: PodOrder['cloud'], tools: PodTools): Promise<GpuOffer[]> {
  const query = `include=AVAILABILITY&product=POD&cloud=${cloud.toUpperCase()}`;
  const answer = await tools.ask(request(tools, 'GET', `/catalog/gpus?${query}`));
  const { gpus } = readAnswer(gpusSchema, answer, vendor, 'the question for its GPUs');
  return gpus.map(({ id, name, memory, secure, community, price, availability }) => ({
    id,
    name,
    memory,
    // A kind that a cloud does not have is listed there with a price of 0.
    ...(secure && price.secure ? { secure: price.secure } : {}),
    ...(community && price.community ? { community: price.community } : {}),
    ...(availability ? { stock: stocks[availability] } : {}),
  }));
}

async function volumes(tools: PodTools): Promise<PodVolume[]> {
  const answer = await tools.ask(request(tools, 'GET', '/network-volumes'));
  return readAnswer(volumesSchema, answer, vendor, 'the question for your network volumes').networkVolumes;
}

async function create(order: PodOrder, tools: PodTools): Promise<PodSeen> {
  const { watchdog, networkVolume, keptDisk, image, template, dataCenters } = order;
  const mounts: JsonObject | undefined =
    networkVolume === undefined
      ? keptDisk === undefined
        ? undefined
        : { persistent: { size: keptDisk, path: '/workspace' } }
      : { network: [{ volumeId: networkVolume.id, path: networkVolume.path }] };
  const body: JsonObject = {
    name: order.name,
    gpu: { ...order.gpu },
    cloud: order.cloud.toUpperCase(),
    disk: order.disk,
    ports: [...order.ports],
    env: {
      ...order.env,
      [markName]: order.mark,
      ...(watchdog === undefined ? {} : watchdogEnvironment(watchdog.lease, watchdog.rules)),
    },
    ...(image === undefined ? {} : { image }),
    ...(template === undefined ? {} : { templateId: template }),
    ...(mounts === undefined ? {} : { mounts }),
    ...(dataCenters === undefined ? {} : { dataCenterIds: [...dataCenters] }),
    ...(watchdog === undefined ? {} : { args: watchdogCommand(watchdog.start, watchdog.lease) }),
  };
  const answer = await tools.spend(request(tools, 'POST', '/pods', body));
  return podOf(readPods(podSchema, answer, 'the order of a pod'));
}

async function act(id: string, action: PodAction, tools: PodTools): Promise<void> {
  const call = request(tools, 'POST', `/pods/${encodeURIComponent(id)}/action`, { action });
  const asked = await answered(action === 'start' ? tools.spend(call) : tools.ask(call));
  if (asked.ok) {
    const pod = podSchema.safeParse(asked.answer.json).data;
    if (action === 'start' && pod?.gpu?.count === 0) throw new FailureError(zeroGpus);
    return;
  }
  if (asked.failure.code !== 'not-now') throw new FailureError(asked.failure);
  // A pod that is already as it is wanted refuses the way there.
  const pod = await get(id, tools);
  if (action === 'stop' && pod.locked) throw new FailureError(locked(asked.failure.detail));
  const isThere =
    action === 'start'
      ? ['starting', 'running'].includes(pod.status)
      : ['stopped', 'gone'].includes(pod.status);
  if (!isThere) throw new FailureError(asked.failure);
}

const zeroGpus = userFailure(
  'no-gpu',
  "The machine this pod belongs to has no GPU free now. Try again later, or terminate it and create a new one; what is on its own disk is lost then, a network volume's files stay.",
);

function locked(detail: string | undefined): Failure {
  return userFailure(
    'pod-locked',
    'The pod is locked and goes on costing. Unlock it at console.runpod.io/pods, then stop it.',
    detail,
  );
}

const saidSchema = z.object({
  title: optional(z.string()),
  detail: optional(z.string()),
  errors: optional(z.array(z.string())),
});

function readError(answer: HttpAnswer): Failure {
  const { status } = answer;
  const body = saidSchema.safeParse(answer.json).data;
  const said = [body?.detail ?? body?.title, ...(body?.errors ?? [])].filter(Boolean).join(' ');
  const detail = `HTTP ${status}: ${said || answer.text.slice(0, 300)}`;
  const user = (code: string, message: string) => userFailure(code, message, detail);
  if (/not enough free gpus|zero gpus?|no (?:free )?gpus? .*(?:host|machine)/i.test(said))
    return { ...zeroGpus, detail };
  if (status === 402 || (status < 500 && /balance|insufficient (?:funds|credit)|spend limit/i.test(said)))
    return user(
      'no-balance',
      `Your balance at RunPod is too low: a pod wants an hour's price in advance, and your account may have a limit an hour. Top up at ${vendor.billing}.`,
    );
  if (
    status < 500 &&
    /no longer any|no .*(?:instances|capacity|machines)|could not be placed|not available|out of stock|unavailable/i.test(
      said,
    )
  )
    return user(
      'no-stock',
      'RunPod has none of these GPUs free now, in this cloud and data center. Choose another GPU, cloud or data center.',
    );
  switch (status) {
    case 400:
    case 422:
      return user(
        'refused',
        `RunPod refused the order, or has no room for it. It said: ${said || 'nothing'}`,
      );
    case 403:
      return user(
        'forbidden',
        'Your RunPod key may not do this. Give it the right to pods, or make another (console.runpod.io/user/settings).',
      );
    case 404:
      return user(
        'not-your-pod',
        "RunPod has no such pod in this key's account: it was terminated, or it is somebody else's.",
      );
    case 409:
      return user('not-now', `RunPod cannot do that with the pod as it is now. ${said}`.trim());
  }
  return httpFailure(answer, vendor, said === '' ? undefined : said);
}

/** By RunPod's proxy, or by the gateway every call goes to. */
function address(id: string, port: number, { settings }: Pick<PodTools, 'settings'>): string {
  const gateway = (settings['baseUrl'] ?? '').trim().replace(/\/+$/, '');
  const pod = encodeURIComponent(id);
  return gateway === '' ? `https://${pod}-${port}.proxy.runpod.net` : `${gateway}/proxy/${pod}/${port}`;
}

function podAt(address: string, { settings }: Pick<PodTools, 'settings'>): string | undefined {
  const gateway = (settings['baseUrl'] ?? '').trim().replace(/\/+$/, '');
  const byGateway = gateway !== '' && address.toLowerCase().startsWith(`${gateway.toLowerCase()}/proxy/`);
  const found = byGateway
    ? /^([\w-]+)\/\d+\/*$/.exec(address.slice(`${gateway}/proxy/`.length))
    : /^\s*https:\/\/([a-z\d]+)-\d+\.proxy\.runpod\.net\/*\s*$/i.exec(address);
  return found?.[1];
}

const podHost: PodHost = {
  id: 'runpod',
  label: 'RunPod pods',
  homepage: 'https://www.runpod.io',
  summary: 'Rents a GPU by the second; ComfyUI on it is yours alone.',
  hosts: [host, huggingFace],
  secrets: [
    { name: 'key', label: 'API key', required: true, help: 'https://console.runpod.io/user/settings' },
  ],
  settings: [
    {
      name: 'baseUrl',
      label: 'Address',
      initial: '',
      hint: 'Only for a gateway: every call goes to this origin, those to a pod under /proxy/{pod}/{port}.',
    },
  ],
  sharesKeyWith: ['runpod-public'],
  // "The first start may take 30 minutes"; how short one can be is said nowhere.
  startUp: { low: 0, high: 1800, source: 'docs.runpod.io/tutorials/pods/comfyui' },
  list,
  get,
  offers,
  volumes,
  create,
  act,
  address,
  podAt,
  probe: probeComfyui,
  renew: renewLease,
  lookUp: lookUpFile,
  install: orderFiles,
  models: listModels,
  readError,
};

export default podHost;
