import { describe } from 'vitest';
import byteplus from '#providers/byteplus.provider';
import { createFakeArk } from '#test/kit/fake-ark';
import { arkTasks } from './ark-tasks';
import { describeProvider } from './provider-contract';

const start = () => createFakeArk({ key: 'ark-secret-key', prefix: '' });

describe('BytePlus ModelArk', () =>
  describeProvider({
    provider: byteplus,
    // Nothing runs there that could be stuck: the answer is the result.
    vendor: { start, startStuck: start, key: 'ark-secret-key' },
    tasks: arkTasks(''),
  }));
