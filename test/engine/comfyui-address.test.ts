import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  afterwards,
  comfyuiPod,
  dataFolder,
  engineOn,
  failureOf,
  joined,
  madeAndChanged,
  oneMade,
} from '#test/kit/comfyui-bench';

/** What stands before a ComfyUI, and what is none. */

/** Everything Seedloom has written. */
function written(folder: string): string {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

describe('a gateway before it', () => {
  const secrets: [string, string, string[]][] = [
    ['a token', 'token-3f9a77', ['token-3f9a77']],
    ['a name and password', 'ada:pa55-wörd', ['pa55-wörd', Buffer.from('ada:pa55-wörd').toString('base64')]],
  ];
  test.each(secrets)('%s opens it: calls, pictures, websocket', async (_name, key) => {
    const pod = await comfyuiPod({ key });
    const bench = await engineOn(pod.url, { key });
    expect(await bench.run(madeAndChanged())).toMatchObject({ outcome: 'done' });
    expect(pod.requests.every(({ authorized }) => authorized)).toBe(true);
    expect(joined(pod)).toBeGreaterThan(0);
  });

  test.each(secrets)('%s that is wrong is told in no file, error or event', async (_name, key, traces) => {
    const folder = dataFolder();
    const pod = await comfyuiPod({ key: 'another' });
    const bench = await engineOn(pod.url, { folder, key });
    pod.fail({
      kind: 'refuse',
      status: 401,
      body: `Not let in: ${traces.join(' ')} ${key}`,
      on: 'catalogue',
      times: 99,
    });
    const { outcome, events } = await bench.run(oneMade());
    expect(outcome).toBe('failed');
    expect(failureOf(events)).toMatchObject({ code: 'bad-key', act: 'user', charge: 'none' });
    expect(failureOf(events)?.message).toContain('"name:password"');
    await bench.engine.close();
    for (const trace of traces) {
      expect(JSON.stringify(events)).not.toContain(trace);
      expect(written(folder)).not.toContain(trace);
    }
  });

  test('a password in the address is refused, and not repeated', async () => {
    const folder = dataFolder();
    const pod = await comfyuiPod();
    const address = pod.url.replace('http://', 'http://ada:pa55word@');
    const bench = await engineOn(address, { folder });
    const { outcome, events } = await bench.run(oneMade());
    expect(outcome).toBe('failed');
    expect(failureOf(events)).toMatchObject({ code: 'password-in-address', act: 'user', charge: 'none' });
    expect(await bench.engine.checkKey('comfyui')).toMatchObject({
      failure: { code: 'password-in-address' },
    });
    await bench.engine.close();
    expect(pod.requests).toHaveLength(0);
    expect(JSON.stringify(events)).not.toContain('pa55word');
    expect(written(folder)).not.toContain('pa55word');
  });
});

describe('an address that is no ComfyUI', () => {
  test.each([
    ['a page for every path', 200, 'text/html', '<!doctype html><title>My blog</title>'],
    ['an empty object for every path', 200, 'application/json', '{}'],
    ['another interface', 200, 'application/json', '{"object":"list","data":[]}'],
    ['a list', 200, 'application/json', '[]'],
    ['nothing at any path', 404, 'text/plain', '404 page not found'],
    ['no such method', 405, 'text/plain', 'Method Not Allowed'],
  ])('%s: it is said so before anything is sent', async (_name, status, type, body) => {
    const methods: string[] = [];
    const server = createServer((request, response) => {
      methods.push(request.method ?? '');
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    afterwards(async () => void server.close());
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const bench = await engineOn(address);
    const { outcome, events } = await bench.run(oneMade());
    expect(outcome).toBe('failed');
    expect(failureOf(events)).toMatchObject({ code: 'not-comfyui', act: 'user', charge: 'none' });
    expect(failureOf(events)?.message).toContain(`What answers at ${address} is not ComfyUI.`);
    expect(new Set(methods)).toEqual(new Set(['GET']));
    expect(await bench.engine.checkKey('comfyui')).toMatchObject({
      state: 'unknown',
      failure: { code: 'not-comfyui' },
    });
  });
});
