import { describe } from 'vitest';
import local from '#providers/local.provider';
import sandbox from '#providers/sandbox.provider';
import { describeProvider } from './provider-contract';

const size = { width: 320, height: 192 };

describe('sandbox', () =>
  describeProvider({
    provider: sandbox,
    tasks: [
      { kind: 'generate', model: 'picture', params: { size, count: 2 }, gives: [size, size] },
      {
        kind: 'edit',
        model: 'picture',
        params: { size },
        references: [
          { width: 40, height: 30 },
          { width: 30, height: 40 },
        ],
        gives: [size],
      },
    ],
  }));

describe('local', () =>
  describeProvider({
    provider: local,
    tasks: [
      {
        kind: 'upscale',
        model: 'lanczos',
        params: { factor: 2 },
        references: [{ width: 41, height: 30 }],
        gives: [{ width: 82, height: 60 }],
      },
    ],
  }));
