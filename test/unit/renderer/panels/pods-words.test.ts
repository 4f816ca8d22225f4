import { describe, expect, it } from 'vitest';
import { podAskSchema, type GpuOffer, type PodReport } from '#core/pod';
import {
  emptyForm,
  endWords,
  firstGpu,
  gpuOptions,
  minuteOptions,
  readForm,
  type PodForm,
} from '../../../../renderer/panels/pods-words';

const volumes = [{ id: 'vol1', dataCenter: 'US-KS-2' }];
const read = (changes: Partial<PodForm>) => readForm({ ...emptyForm, gpu: 'A', ...changes }, volumes);
const asked = (changes: Partial<PodForm>) => {
  const form = read(changes);
  if ('wrong' in form) throw new Error(form.wrong);
  return podAskSchema.parse(form.ask);
};
const wrong = (changes: Partial<PodForm>) => {
  const form = read(changes);
  return 'wrong' in form ? form.wrong : undefined;
};

describe('the order of a pod', () => {
  it('is what the form says', () => {
    const order = asked({
      count: 2,
      volume: 'vol1',
      ports: '22/tcp, 7860/http',
      env: 'HF_TOKEN=hf_a=b\n\nA=',
      template: 't1',
    });
    expect(order).toMatchObject({
      gpu: { id: 'A', count: 2 },
      volume: { id: 'vol1', dataCenter: 'US-KS-2' },
      ports: ['22/tcp', '7860/http'],
      env: { HF_TOKEN: 'hf_a=b', A: '' },
      template: 't1',
      image: '',
      start: '/start.sh',
    });
    expect(asked({ watchdog: false }).start).toBeNull();
    expect(asked({})).toMatchObject({ image: 'runpod/comfyui:latest', volume: null, env: {} });
  });

  it('is not sent while something is wrong with it, in words without what may be a key', () => {
    expect(wrong({ gpu: '' })).toContain('GPU');
    expect(wrong({ image: ' ' })).toContain('image');
    expect(wrong({ ports: '22' })).toContain('"22"');
    expect(wrong({ start: '' })).toContain('starts with');
    for (const env of ['hf_secret', 'A=b\nSEEDLOOM_LEASE=x'])
      expect(wrong({ env })).toMatch(/^Line [12] of the environment/);
    expect(wrong({ env: 'hf_secret' })).not.toContain('hf_secret');
  });
});

const offers: GpuOffer[] = [
  { id: 'small', name: 'Small', memory: 8, secure: 0.1, stock: 'high' },
  { id: 'gone', name: 'Gone', memory: 48, secure: 0.2, stock: 'none' },
  { id: 'large', name: 'Large', memory: 80, secure: 2, stock: 'low' },
  { id: 'fit', name: 'Fit', memory: 24, secure: 0.6, community: 0.3, stock: 'medium' },
];

describe('GPUs to choose from', () => {
  it('are those of the cloud, cheapest first, and those that are used up cannot be chosen', () => {
    expect(gpuOptions(offers, 'secure').map(({ value, disabled }) => [value, disabled])).toEqual([
      ['small', false],
      ['gone', true],
      ['fit', false],
      ['large', false],
    ]);
    expect(gpuOptions(offers, 'community')).toMatchObject([{ value: 'fit', hint: '$0.30/h' }]);
  });

  it('begin with the cheapest that has room for a large model', () => {
    expect(firstGpu(offers, 'secure')).toBe('fit');
    expect(firstGpu(offers.slice(0, 2), 'secure')).toBe('small');
    expect(firstGpu([], 'secure')).toBe('');
  });
});

it('offers the minutes that hold, also where they are none of the usual ones', () => {
  expect(minuteOptions([5, 10], 7, true).map(({ value }) => value)).toEqual(['5', '7', '10', 'never']);
  expect(minuteOptions([5], null, false).map(({ value }) => value)).toEqual(['5']);
});

it('says when a pod stops, and whether anything on it does', () => {
  const pod = { kept: true, watchdog: 'there', stopsAt: 10 * 60_000 } as PodReport;
  expect(endWords(pod, 30_000)).toBe('Stops in 10 min · watchdog there');
  expect(endWords({ ...pod, watchdog: 'none' }, 0)).toContain('no watchdog');
  expect(endWords({ ...pod, kept: false }, 0)).toContain('Nobody');
});
