import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { podHosts } from '#providers/catalogue';

const host = podHosts.get('runpod')!;
const id = fc.stringMatching(/^[a-z\d]{5,20}$/);
const port = fc.integer({ min: 1, max: 65_535 });
const gateways = fc.constantFrom('', 'http://127.0.0.1:4000', 'https://gateway.example/runpod/');

describe("a pod's address", () => {
  it('tells whose it is, by the proxy and by a gateway', () => {
    fc.assert(
      fc.property(id, port, gateways, fc.constantFrom('', '/'), (pod, at, baseUrl, end) => {
        const tools = { settings: { baseUrl } };
        expect(host.podAt(host.address(pod, at, tools) + end, tools)).toBe(pod);
      }),
    );
  });

  it.each([
    'http://127.0.0.1:8188',
    'https://example.com',
    'https://proxy.runpod.net',
    'https://abc-8188.proxy.runpod.net.evil.example',
    'https://abc-8188.proxy.runpod.net/other',
    'http://127.0.0.1:4000/v2/pods/abc',
    '',
  ])('is no other address: %s', (address) => {
    for (const baseUrl of ['', 'http://127.0.0.1:4000'])
      expect(host.podAt(address, { settings: { baseUrl } })).toBeUndefined();
  });
});
