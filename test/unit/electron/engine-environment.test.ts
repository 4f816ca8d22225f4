import { describe, expect, it } from 'vitest';
import { engineEnvironment } from '../../../electron/main/engine-environment';

describe("the engine host's environment", () => {
  it('holds no key, but the data folder and addresses', () => {
    const environment = engineEnvironment(
      {
        PATH: '/bin',
        SEEDLOOM_HOME: '/home',
        SEEDLOOM_FAL_URL: 'http://localhost:1',
        SEEDLOOM_FAL_KEY: 'secret',
      },
      2,
    );
    expect(Object.keys(environment).sort()).toEqual([
      'PATH',
      'SEEDLOOM_FAL_URL',
      'SEEDLOOM_HOME',
      'UV_THREADPOOL_SIZE',
    ]);
  });

  it('has threads left over for files when four pictures are drawn', () => {
    const threads = (cores: number) => Number(engineEnvironment({}, cores)['UV_THREADPOOL_SIZE']);
    expect(threads(1)).toBeGreaterThanOrEqual(10);
    expect(threads(16)).toBe(26);
  });

  it('leaves a number of threads that was set from outside', () => {
    expect(engineEnvironment({ UV_THREADPOOL_SIZE: '6' }, 8)['UV_THREADPOOL_SIZE']).toBe('6');
  });
});
