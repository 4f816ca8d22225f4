import type { Failure } from '#core/failure';
import type { HttpAnswer, Provider, RemoteState } from '#core/provider';
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
  const url = (path: string) => `${shop.url}${path}`;
  const provider: Provider = {
    ...smallProvider,
    hosts: [],
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
        job: { provider: smallProvider.id, model: smallModel.id, id, ticket: { id } },
      };
    },
    check: async (job, tools): Promise<RemoteState> => {
      const answer = await tools.ask({ method: 'GET', url: url(`/jobs/${job.id}`) });
      const { state } = answer.json as { state: string };
      if (state === 'done')
        return {
          state: 'done',
          result: {
            pictures: [{ from: 'url', request: { method: 'GET', url: url(`/pictures/${job.id}`) } }],
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
  return { provider, shop, close: () => shop.close() };
}
