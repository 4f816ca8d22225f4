import { expect, onTestFinished, test } from 'vitest';
import byteplus from '#providers/byteplus.provider';
import volcengine from '#providers/volcengine.provider';
import { createFakeArk } from '#test/kit/fake-ark';
import { answer, recordingTools, server } from './kit-recording-tools';

// What both of Ark's services share is tested at BytePlus.

test.each([
  ['seedream-4.0', 'doubao-seedream-4-0-250828'],
  ['seedream-4.5', 'doubao-seedream-4-5-251128'],
  ['seedream-5-lite', 'doubao-seedream-5-0-260128'],
])('%s goes to Beijing as %s', async (model, name) => {
  const vendor = await createFakeArk({ prefix: 'doubao-' });
  onTestFinished(() => vendor.close());
  const tools = recordingTools(volcengine, server(vendor.url, volcengine.hosts), { key: 'test-key' });
  const made = await volcengine.submit(
    {
      kind: 'generate',
      model: { provider: 'volcengine', model },
      prompt: 'a red bicycle',
      size: { width: 2048, height: 2048 },
      count: 1,
      loras: [],
      extra: undefined,
    },
    tools,
  );
  expect(made).toMatchObject({ state: 'done', result: { pictures: [{ from: 'url' }] } });
  expect(tools.calls).toMatchObject([
    {
      url: 'https://ark.cn-beijing.volces.com/api/v3/images/generations',
      json: { model: name, size: '2048x2048', watermark: false },
    },
  ]);
});

test('makes the same as BytePlus, and names itself when it refuses', () => {
  const limits = (provider: typeof volcengine) => provider.models.map(({ price: _price, ...limit }) => limit);
  expect(limits(volcengine)).toEqual(limits(byteplus));
  const refusal = answer(401, { error: { code: 'AuthenticationError', message: 'x' } });
  expect(volcengine.readError(refusal).message).toContain('Volcengine Ark does not accept the key');
});
