import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailureError, userFailure, type Failure } from '#core/failure';
import { capsOf, initialSettings, settingsSchema, type Settings } from '#core/settings';
import { describeIssue, type Issue } from '#core/issue';
import type { ImageHostCatalogue } from '#core/image-host';
import type { ProviderCatalogue, Service } from '#core/provider';
import type { Engine } from '#engine/contract';
import {
  dataFolder,
  environmentImageHost,
  environmentSecret,
  environmentSetting,
  type Environment,
} from '#engine/data-folder';
import { createEngine } from '#engine/engine';
import { readOwnModels } from '#engine/own-models';
import { nodes } from '#nodes/catalogue';
import { imageHosts, podHosts, providers as builtIn } from '#providers/catalogue';
import { exit, type ExitCode } from './exit';
import { readPrices } from './own-prices';
import { printRefusal, type Output } from './print';

/** What a command gets from outside. */
export interface Surroundings {
  environment: Environment;
  /** Paths on the command line are relative to it. */
  directory: string;
  output: Output;
  /** The person's own prices for this time, `PROVIDER/MODEL=USD`. */
  prices?: readonly string[];
}

/** A command's surroundings with the engine on the data folder. */
export interface Context extends Surroundings {
  engine: Engine;
  /** With the models the person has added. */
  providers: ProviderCatalogue;
  settings: Settings;
  /** A setting for this time, `provider.name`; it goes before all others. */
  override(name: string, value: string): void;
}

/** The desktop's settings. A file that cannot be read is left as it is and said to be so. */
export function readSettings({ environment, output }: Surroundings): Settings {
  const path = join(dataFolder(environment), 'settings.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      output.error(`The settings "${path}" could not be read; the initial ones count.`);
    return initialSettings;
  }
  try {
    // A member that an older version did not write yet has its initial value.
    const read = settingsSchema.partial().parse(JSON.parse(text));
    const given = Object.entries(read).filter(([, value]) => value !== undefined);
    return settingsSchema.parse({ ...initialSettings, ...Object.fromEntries(given) });
  } catch {
    output.error(`The settings "${path}" are not as Seedloom writes them; the initial ones count.`);
    return initialSettings;
  }
}

/** Reads `PROVIDER.NAME=VALUE` texts into `provider.name` → value, and `imageHost=ID` into `imageHost` → id. */
export function readOverrides(
  texts: readonly string[],
  providers: ProviderCatalogue,
  hosts: ImageHostCatalogue = new Map(),
): { values: Map<string, string>; issues: Issue[] } {
  const known = new Map<string, Service>([...hosts, ...providers]);
  const values = new Map<string, string>();
  const issues: Issue[] = [];
  for (const text of texts) {
    const refuse = (message: string) =>
      issues.push({
        code: 'wrong-setting',
        severity: 'error',
        message,
        place: { path: `--setting ${text}` },
      });
    const chosen = /^imageHost=(.*)$/.exec(text)?.[1];
    if (chosen !== undefined) {
      const there = ['none', ...hosts.keys()];
      if (!there.includes(chosen))
        refuse(`There is no image host "${chosen}"; there are ${there.join(', ')}.`);
      values.set('imageHost', chosen === 'none' ? '' : chosen);
      continue;
    }
    const [, id, name, value] = /^([^.=]+)\.([^=]+)=(.*)$/s.exec(text) ?? [];
    if (id === undefined || name === undefined || value === undefined) {
      refuse('A setting is written PROVIDER.NAME=VALUE, or imageHost=HOST.');
      continue;
    }
    const provider = known.get(id);
    if (provider === undefined) {
      refuse(`There is no provider "${id}"; there are ${[...known.keys()].join(', ')}.`);
      continue;
    }
    if (!provider.settings.some((setting) => setting.name === name)) {
      const there = provider.settings.map((setting) => setting.name).join(', ');
      refuse(`${provider.label} has no setting "${name}"; it has ${there === '' ? 'none' : there}.`);
      continue;
    }
    values.set(`${id}.${name}`, value);
  }
  return { values, issues };
}

/**
 * Opens the engine, does the work, closes the engine. A setting counts from the command line first, then from the
 * environment, then from the desktop's settings; so does a price of the person's own.
 */
export async function withEngine(
  surroundings: Surroundings,
  overrides: readonly string[],
  work: (context: Context) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { environment, output } = surroundings;
  const folder = dataFolder(environment);
  const { providers, issues: wrongModels } = readOwnModels(folder, builtIn);
  // They stand in nobody's way: a workflow that wants one of them is told by its plan.
  for (const issue of wrongModels) output.error(output.errorPaint.yellow(describeIssue(issue)));
  const { values, issues: wrongSettings } = readOverrides(overrides, providers, imageHosts);
  const { prices, issues: wrongPrices } = readPrices(surroundings.prices ?? [], providers);
  const issues = [...wrongSettings, ...wrongPrices];
  if (issues.length > 0) {
    printRefusal(output, 'seedloom', issues);
    return exit.unusable;
  }
  const settings = readSettings(surroundings);
  let engine: Engine;
  try {
    engine = await createEngine({
      dataFolder: folder,
      nodes,
      providers,
      imageHosts,
      podHosts,
      imageHost: () => values.get('imageHost') ?? environmentImageHost(environment) ?? settings.imageHost,
      secret: (provider, name) => environmentSecret(environment, provider, name),
      setting: (provider, name) =>
        values.get(`${provider}.${name}`) ??
        environmentSetting(environment, provider, name) ??
        settings.providers[`${provider}.${name}`],
      price: (route) => prices.get(route) ?? settings.prices[route],
      caps: () => capsOf(settings),
      carryWorkflow: () => settings.carryWorkflow,
    });
  } catch (error) {
    const { code, message, detail } = folderFailure(error);
    printRefusal(output, 'seedloom', [{ code, severity: 'error', message, place: { path: folder } }]);
    if (detail !== undefined) output.error(`  ${detail}`);
    return exit.unusable;
  }
  for (const { message, detail = '' } of engine.notices) {
    output.error(output.errorPaint.red(message));
    if (detail !== '') output.error(detail);
  }
  try {
    const override = (name: string, value: string) => void values.set(name, value);
    return await work({ ...surroundings, engine, providers, settings, override });
  } finally {
    await engine.close();
  }
}

/** Why the engine could not be opened. */
function folderFailure(error: unknown): Failure {
  if (error instanceof FailureError) return error.failure;
  const reason = error instanceof Error ? error.message : String(error);
  return userFailure(
    'no-data-folder',
    `Seedloom's data folder cannot be used (${reason}). Choose another with SEEDLOOM_HOME.`,
  );
}
