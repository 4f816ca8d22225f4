import { describe, expect, it } from 'vitest';
import { jobsFor } from '#engine/pods/pod-work';
import { providers } from '#providers/catalogue';

const address = 'https://p1-8188.proxy.runpod.net';
type Parts = Parameters<typeof jobsFor>[1];

/** Jobs of two processes: this one, whose setting is `here`, and another that lives or does not. */
function parts(
  jobs: { owner: 'us' | 'them'; provider: string; state?: string }[],
  isTheirsAlive = true,
  here = '',
) {
  const rows = jobs.map(({ owner, provider, state = 'accepted' }, index) => ({
    key: `k${index}`,
    job: { owner, state, route: { provider, model: 'm' } },
  }));
  return {
    store: { openJobs: () => rows },
    owner: { id: 'us', isAlive: () => isTheirsAlive },
    options: { providers, setting: (id: string) => (id === 'comfyui' && here !== '' ? here : undefined) },
  } as unknown as Parts;
}

describe('jobs for a pod', () => {
  it('are those of this process for its address, until their pictures are here', () => {
    const jobs = [
      { owner: 'us', provider: 'comfyui', state: 'intended' },
      { owner: 'us', provider: 'comfyui' },
      { owner: 'us', provider: 'comfyui', state: 'to-resend' },
      { owner: 'us', provider: 'fal' },
    ] as const;
    expect(jobsFor(address, parts([...jobs], true, `${address}/`))).toBe(2);
    expect(jobsFor(address, parts(jobs.slice(0, 3)))).toBe(0);
  });

  it("are also those of another process for a server of the person's, wherever its settings say that is", () => {
    const jobs = [
      { owner: 'them', provider: 'comfyui' },
      { owner: 'them', provider: 'fal' },
      { owner: 'them', provider: 'sandbox' },
      { owner: 'them', provider: 'local' },
    ] as const;
    expect(jobsFor(address, parts([...jobs]))).toBe(1);
    expect(jobsFor(address, parts([...jobs], false))).toBe(0);
  });
});
