import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpAnswer } from '#core/provider';
import type { ImageTask } from '#core/task';
import { checkTask } from '#core/plan/check-task';
import apiframe from '#providers/apiframe.provider';
import { engineBench } from '#test/kit/engine-bench';
import { temporaryFolder } from '#test/kit/temporary-folder';
import { createFakeApiframe } from '#test/kit/fake-apiframe';
import { contractNodes, oneNode } from '../../contract/contract-nodes';
import { answer, recordingTools } from './kit-recording-tools';

function answerOf(status: number, body: unknown): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: {},
    bytes: new TextEncoder().encode(text),
    text,
    json: typeof body === 'string' ? undefined : body,
  };
}

describe('apiframe', () => {
  it.each([
    [401, { error: 'Invalid API key' }, { code: 'bad-key', act: 'user', charge: 'none' }],
    [402, { error: 'Insufficient credits', creditsRequired: 9 }, { code: 'no-balance', act: 'user' }],
    [404, { error: 'Job not found' }, { code: 'no-such-job' }],
    [404, '<html>', { code: 'not-found' }],
    [429, { error: 'Too many requests' }, { code: 'busy', act: 'wait' }],
    [503, { error: 'Unavailable' }, { code: 'vendor-down', act: 'wait', charge: 'possible' }],
    [400, { error: 'Prompt rejected by content moderation' }, { code: 'moderation', act: 'user' }],
  ])('reads a refusal (%i %j)', (status, body, failure) => {
    expect(apiframe.readError(answerOf(status, body))).toMatchObject(failure);
  });

  it('says which field is wrong', () => {
    const failure = apiframe.readError(
      answerOf(400, { error: 'Validation failed', details: { prompt: ['Too long'] } }),
    );
    expect(failure).toMatchObject({
      act: 'user',
      charge: 'none',
      message: expect.stringContaining('prompt: Too long'),
    });
  });

  it.each([
    ['a link', (link: string) => link],
    ['a list', (link: string) => [link]],
    ['an object', (link: string) => ({ url: link })],
    ['an object with pictures', (link: string) => ({ images: [{ url: link }] })],
  ])('finds the picture in a result that is %s', async (_shape, result) => {
    const vendor = await createFakeApiframe({ result });
    const folder = temporaryFolder();
    const bench = await engineBench(folder.path, [apiframe], {
      nodes: contractNodes,
      secret: () => 'test-key',
      setting: (_provider, name) => (name === 'baseUrl' ? vendor.url : undefined),
    });
    onTestFinished(async () => {
      await bench.engine.close();
      await vendor.close();
      folder.remove();
    });
    const { outcome } = await bench.run(
      oneNode('generate', 'apiframe/seedream-4.5', { size: { width: 2560, height: 1440 } }),
    );
    expect(outcome).toBe('done');
  });

  it('a finished job whose answer has no result at all is one without a picture', async () => {
    const tools = recordingTools(apiframe, () => answer(200, { status: 'COMPLETED' }), { key: 'k' });
    const job = { provider: 'apiframe', model: 'seedream-4.5', id: 'j1', ticket: null };
    expect(await apiframe.check?.(job, tools)).toMatchObject({
      state: 'failed',
      failure: { code: 'no-pictures', charge: 'possible' },
    });
  });

  it('says before it is sent what it cannot do', () => {
    const task: ImageTask = {
      kind: 'generate',
      model: { provider: 'apiframe', model: 'seedream-4.5' },
      prompt: 'a cat',
      size: { width: 400, height: 4096 },
      count: 1,
      loras: [],
      variation: 0,
    };
    const notes = checkTask(task, apiframe.models[0]!);
    expect(notes.map(({ field, effect }) => [field, effect])).toContainEqual(['size', 'refused']);
  });
});
