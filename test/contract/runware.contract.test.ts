import { describe, expect } from 'vitest';
import runware from '#providers/runware.provider';
import { createFakeRunware } from '#test/kit/fake-runware';
import { describeProvider } from './provider-contract';

const small = { width: 2560, height: 1440 };
const key = 'runware-secret-key';
const shared = {
  taskType: 'imageInference',
  positivePrompt: 'a red bicycle',
  numberResults: 1,
  outputType: 'URL',
  outputFormat: 'PNG',
  includeCost: true,
  deliveryMethod: 'async',
};

describe('runware', () =>
  describeProvider({
    provider: runware,
    vendor: {
      start: () => createFakeRunware({ key, pollsUntilDone: 2 }),
      startStuck: () => createFakeRunware({ key, pollsUntilDone: Infinity }),
      key,
    },
    tasks: [
      {
        kind: 'generate',
        model: 'seedream-4.5',
        params: { size: small },
        gives: [small],
        sends: {
          path: '/v1',
          body: ({ requestId }) => [
            { ...shared, taskUUID: requestId, model: 'bytedance:seedream@4.5', ...small },
          ],
        },
      },
      {
        kind: 'generate',
        model: 'seedream-4.0',
        params: { size: { width: 1024, height: 1024 } },
        gives: [{ width: 1024, height: 1024 }],
      },
      {
        kind: 'edit',
        model: 'seedream-4.5',
        params: { size: small },
        references: [
          { width: 64, height: 64 },
          { width: 96, height: 64 },
        ],
        gives: [small],
        sends: {
          path: '/v1',
          body: ({ requestId }) => [
            {
              ...shared,
              taskUUID: requestId,
              model: 'bytedance:seedream@4.5',
              ...small,
              inputs: {
                referenceImages: Array.from(
                  { length: 2 },
                  () => expect.stringMatching(/^data:image\/png;base64,/) as string,
                ),
              },
            },
          ],
        },
      },
    ],
  }));
