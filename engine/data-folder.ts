import { resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * What the desktop and the command line read from the environment, in one place so that both obey the same rules.
 * An empty variable counts as one that is not set.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of everything Seedloom keeps: `SEEDLOOM_HOME`, else the platform's usual place. */
export function dataFolder(environment: Environment): string {
  const chosen = read(environment, 'SEEDLOOM_HOME');
  return chosen === undefined ? envPaths('Seedloom', { suffix: '' }).data : resolve(chosen);
}

/** A provider's secret: `SEEDLOOM_FAL_KEY` for `key`, `SEEDLOOM_FAL_ACCESS_KEY` for `accessKey`. */
export function environmentSecret(
  environment: Environment,
  provider: string,
  name: string,
): string | undefined {
  return read(environment, secretVariable(provider, name));
}

/** The variable a provider's secret is read from. */
export function secretVariable(provider: string, name: string): string {
  return `SEEDLOOM_${variablePart(provider)}_${variablePart(name)}`;
}

/**
 * A setting of a provider or image host: `SEEDLOOM_FAL_URL` for `baseUrl`, the address every call is sent to;
 * `SEEDLOOM_S3_BUCKET` for `bucket`.
 */
export function environmentSetting(
  environment: Environment,
  provider: string,
  name: string,
): string | undefined {
  const part = name === 'baseUrl' ? 'URL' : variablePart(name);
  return read(environment, `SEEDLOOM_${variablePart(provider)}_${part}`);
}

/** The id of the image host to use; `none` for none, whatever the settings say. */
export function environmentImageHost(environment: Environment): string | undefined {
  const chosen = read(environment, 'SEEDLOOM_IMAGE_HOST');
  return chosen === 'none' ? '' : chosen;
}

/** `kie-ai` → `KIE_AI`, `accessKey` → `ACCESS_KEY`. */
function variablePart(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

function read(environment: Environment, variable: string): string | undefined {
  const value = environment[variable]?.trim();
  return value === '' ? undefined : value;
}
