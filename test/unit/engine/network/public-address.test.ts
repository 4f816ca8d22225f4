import { describe, expect, it } from 'vitest';
import { checkPublic } from '#engine/network/public-address';

const none = new Set<string>();
const names: Record<string, string> = {
  'pictures.example': '203.0.113.7',
  'sly.example': '192.168.1.1',
  'sly6.example': 'fd00::1',
};
const resolve = async (name: string) => {
  const address = names[name];
  if (address === undefined) throw new Error('ENOTFOUND');
  return [{ address, family: address.includes(':') ? 6 : 4 }];
};

describe('an address a vendor names', () => {
  it.each(['https://pictures.example/a.png', 'http://8.8.8.8/a.png', 'https://unknown.example/a.png'])(
    'passes: %s',
    async (url) => expect(await checkPublic(url, none, resolve)).toBeUndefined(),
  );

  it.each([
    'http://127.0.0.1/a',
    'http://[::1]/a',
    'http://10.1.2.3/a',
    'http://172.20.0.1/a',
    'http://169.254.169.254/latest/meta-data',
    'http://[::ffff:192.168.0.1]/a',
    'http://[fe80::1]/a',
    'http://sly.example/a',
    'https://sly6.example/a',
    'http://2130706433/a',
  ])('is not fetched: %s', async (url) => {
    await expect(checkPublic(url, none, resolve)).rejects.toMatchObject({
      failure: { code: 'private-address', act: 'vendor' },
    });
  });

  it.each(['file:///etc/passwd', 'ftp://pictures.example/a', 'not an address', ''])(
    'is no web address: %s',
    async (url) => {
      await expect(checkPublic(url, none, resolve)).rejects.toMatchObject({
        failure: { code: 'private-address' },
      });
    },
  );

  it('may be inside where the person has configured that very host and port', async () => {
    const trusted = new Set(['127.0.0.1:8188']);
    expect(await checkPublic('http://127.0.0.1:8188/view', trusted)).toBeUndefined();
    await expect(checkPublic('http://127.0.0.1:9/view', trusted)).rejects.toThrow();
  });
});
