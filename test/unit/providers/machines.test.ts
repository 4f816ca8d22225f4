import { describe, expect, it } from 'vitest';
import comfyui from '#providers/comfyui.provider';
import serverless from '#providers/runpod-serverless.provider';

describe('what a ComfyUI costs an hour', () => {
  const machine = (baseUrl: string, perHour = '') => comfyui.machine?.({ baseUrl, perHour });

  it('is nothing on this computer, not known elsewhere, and what the person says', () => {
    for (const here of [
      'http://127.0.0.1:8188',
      'http://localhost:8188/',
      'http://[::1]:8188',
      'http://127.0.1.1',
    ])
      expect(machine(here)?.perHour, here).toBe(0);
    for (const there of [
      'http://10.0.0.2:8188',
      'https://localhost.example.com',
      'https://pod1-8188.proxy.example',
    ])
      expect(machine(there), there).not.toHaveProperty('perHour');
    expect(machine('http://10.0.0.2:8188', ' 0.45 ')).toMatchObject({ perHour: 0.45, paidBy: 'hour' });
    expect(machine('http://127.0.0.1:8188', '0.10')?.perHour).toBe(0.1);
  });

  it('goes by no text that is no price', () => {
    for (const text of ['cheap', '-1', 'Infinity']) {
      expect(machine('http://127.0.0.1:8188', text)?.perHour).toBe(0);
      expect(machine('http://10.0.0.2:8188', text)).not.toHaveProperty('perHour');
    }
  });

  it('is found at its address, however that is written', () => {
    expect(machine('https://pod1-8188.proxy.example/?x#y')?.address).toBe('https://pod1-8188.proxy.example');
  });
});

it('pays an endpoint by the second of its worker', () => {
  expect(serverless.machine?.({ perSecond: '0.00031' })).toEqual({
    paidBy: 'second',
    perHour: 0.00031 * 3600,
  });
  expect(serverless.machine?.({ perSecond: 'much' })?.perHour).toBeCloseTo(0.0024 * 3600, 10);
});
