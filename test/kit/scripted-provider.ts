import type { Failure } from '#core/failure';
import type { HttpAnswer, Provider, Recovery, RemoteState } from '#core/provider';
import { smallModel, smallProvider } from './small-catalogue';
import { startFakeShop, type FakeShop } from './fake-shop';

/** A provider for tests of the engine, and the shop it buys from (a real server on loopback that counts charges). */
export interface ScriptedProvider {
  provider: Provider;
  shop: FakeShop;
  close(): Promise<void>;
}

const refused = (answer: HttpAnswer): Failure => ({
  code: `http-${answer.status}`,
  act: answer.status === 401 ? 'user' : answer.status === 429 || answer.status >= 500 ? 'wait' : 'vendor',
  charge: 'none',
  message: `The shop refused (${answer.status}).`,
  detail: answer.text,
});

/**
 * The smallest honest vendor: `POST /jobs` takes a task and gives a ticket, `GET /jobs/ID` tells how it stands,
 * `GET /pictures/ID` is the picture.
 */
export async function scriptedProvider(changes: Partial<Provider> = {}): Promise<ScriptedProvider> {
  const shop = await startFakeShop();
  return { provider: shopProvider(shop.url, changes), shop, close: () => shop.close() };
}

/** A provider that buys at the shop at `origin`, which may be another process's. */
export function shopProvider(origin: string, changes: Partial<Provider> = {}): Provider {
  const url = (path: string) => `${origin}${path}`;
  return {
    ...smallProvider,
    hosts: [],
    settings: [{ name: 'baseUrl', label: 'Address', initial: origin }],
    models: [smallModel],
    limits: { together: 16 },
    submit: async (task, tools) => {
      const prompt = 'prompt' in task ? task.prompt : task.kind;
      const answer = await tools.spend({
        method: 'POST',
        url: url('/jobs'),
        json: { requestId: tools.requestId, prompt },
      });
      const id = (answer.json as { id?: string } | undefined)?.id;
      if (id === undefined) throw new Error('the shop gave no id');
      return {
        state: 'accepted',
        job: { provider: task.model.provider, model: task.model.model, id, ticket: { id } },
      };
    },
    check: async (job, tools): Promise<RemoteState> => {
      const answer = await tools.ask({ method: 'GET', url: url(`/jobs/${job.id}`) });
      const { state, link } = answer.json as { state: string; link?: string };
      if (state === 'done')
        return {
          state: 'done',
          result: {
            pictures: [{ from: 'url', request: { method: 'GET', url: url(link ?? `/pictures/${job.id}`) } }],
          },
        };
      if (state === 'failed')
        return {
          state: 'failed',
          failure: { code: 'refused', act: 'user', charge: 'none', message: 'The shop says no.' },
        };
      if (state === 'lost')
        return {
          state: 'lost',
          failure: { code: 'lost', act: 'vendor', charge: 'possible', message: 'The shop forgot it.' },
        };
      return { state: 'running', fraction: 0.5 };
    },
    cancel: async (job, tools) => {
      await tools.ask({ method: 'POST', url: url(`/jobs/${job.id}/cancel`), json: {} });
    },
    readError: refused,
    ...changes,
  };
}

/**
 * The same shop where it answers a request at once, with a link to the picture. `meanwhile` happens when it has, before the
 * engine hears of it; `vendorId` is what the shop calls the job.
 */
export function linkingProvider(
  origin: string,
  { meanwhile, vendorId }: { meanwhile?: () => void; vendorId?: string } = {},
): Provider {
  const { submit, check: _check, cancel: _cancel, ...rest } = shopProvider(origin);
  return {
    ...rest,
    recovery: 'none',
    submit: async (task, tools) => {
      await submit(task, tools);
      meanwhile?.();
      const url = `${origin}/pictures/${tools.requestId}`;
      return {
        state: 'done',
        result: {
          pictures: [{ from: 'url', request: { method: 'GET', url } }],
          ...(vendorId === undefined ? {} : { vendorId }),
        },
      };
    },
  };
}

/**
 * The same shop's four ways to sell, by what can be known of a job after a crash. The prompt the shop sees tells the
 * kinds of task apart (`edit a cat`), and what an edit needs is brought to it first, free of charge.
 */
export function recoverableProvider(id: string, origin: string, recovery: Recovery): Provider {
  const ticketed = shopProvider(origin);
  const submit: Provider['submit'] = async (task, tools) => {
    const prompt = 'prompt' in task ? `${task.kind} ${task.prompt}` : task.kind;
    for (const image of task.kind === 'edit' ? task.images : [])
      await tools.ask({ method: 'POST', url: `${origin}/uploads`, json: { hash: image.hash } });
    const json = { requestId: tools.requestId, prompt };
    if (recovery === 'none') {
      const { bytes } = await tools.spend({ method: 'POST', url: `${origin}/pictures`, json });
      return { state: 'done', result: { pictures: [{ from: 'bytes', bytes }] } };
    }
    const headers: Record<string, string> =
      recovery === 'idempotency-key' ? { 'idempotency-key': tools.requestId } : {};
    const answer = await tools.spend({ method: 'POST', url: `${origin}/jobs`, json, headers });
    const vendorId = (answer.json as { id: string }).id;
    const { provider, model } = task.model;
    return recovery === 'own-id'
      ? { state: 'accepted', job: { provider, model, id: tools.requestId, ticket: null } }
      : { state: 'accepted', job: { provider, model, id: vendorId, ticket: { id: vendorId } } };
  };
  const { check: _check, cancel: _cancel, ...synchronous } = ticketed;
  return { ...(recovery === 'none' ? synchronous : ticketed), id, label: id, recovery, submit };
}
