import { describe } from 'vitest';
import volcengine from '#providers/volcengine.provider';
import { createFakeArk } from '#test/kit/fake-ark';
import { arkTasks } from './ark-tasks';
import { describeProvider } from './provider-contract';

const start = () => createFakeArk({ key: 'ark-secret-key', prefix: 'doubao-' });

describe('Volcengine Ark', () =>
  describeProvider({
    provider: volcengine,
    // Nothing runs there that could be stuck: the answer is the result.
    vendor: { start, startStuck: start, key: 'ark-secret-key' },
    tasks: arkTasks('doubao-'),
  }));
