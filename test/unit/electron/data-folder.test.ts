import { isAbsolute, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dataFolder, environmentImageHost, environmentSecret, environmentSetting } from '#engine/data-folder';

describe('the data folder', () => {
  it('is what SEEDLOOM_HOME names, made absolute', () => {
    expect(dataFolder({ SEEDLOOM_HOME: 'here/there' })).toBe(resolve('here/there'));
    expect(dataFolder({ SEEDLOOM_HOME: join(resolve('/'), 'data') })).toBe(join(resolve('/'), 'data'));
  });

  it("is the platform's usual place otherwise, also for an empty variable", () => {
    const usual = dataFolder({});
    expect(isAbsolute(usual)).toBe(true);
    expect(usual).toContain('Seedloom');
    expect(usual).not.toContain('nodejs');
    expect(dataFolder({ SEEDLOOM_HOME: ' ' })).toBe(usual);
  });
});

describe('the environment', () => {
  it('names the secrets of a provider', () => {
    const environment = {
      SEEDLOOM_FAL_KEY: ' k1 ',
      SEEDLOOM_KIE_AI_KEY: 'k2',
      SEEDLOOM_S3_ACCESS_KEY: 'k3',
      SEEDLOOM_OXEN_KEY: '',
    };
    expect(environmentSecret(environment, 'fal', 'key')).toBe('k1');
    expect(environmentSecret(environment, 'kie-ai', 'key')).toBe('k2');
    expect(environmentSecret(environment, 's3', 'accessKey')).toBe('k3');
    expect(environmentSecret(environment, 'oxen', 'key')).toBeUndefined();
    expect(environmentSecret(environment, 'poyo', 'key')).toBeUndefined();
  });

  it('names the address and the settings of a provider or image host', () => {
    const environment = { SEEDLOOM_FAL_URL: 'http://127.0.0.1:8080', SEEDLOOM_S3_BUCKET: 'mine' };
    expect(environmentSetting(environment, 'fal', 'baseUrl')).toBe('http://127.0.0.1:8080');
    expect(environmentSetting(environment, 'poyo', 'baseUrl')).toBeUndefined();
    expect(environmentSetting(environment, 's3', 'bucket')).toBe('mine');
    expect(environmentSetting(environment, 's3', 'region')).toBeUndefined();
  });

  it('names the image host, or says that there is to be none', () => {
    expect(environmentImageHost({ SEEDLOOM_IMAGE_HOST: 's3' })).toBe('s3');
    expect(environmentImageHost({ SEEDLOOM_IMAGE_HOST: 'none' })).toBe('');
    expect(environmentImageHost({})).toBeUndefined();
  });
});
