import type { ImageHostInfo } from '#core/image-host';
import { pictureForecast } from '#core/plan/forecast';
import { providerInfo, type ProviderInfo, type SecretSpec } from '#core/provider';
import { describeRecovery } from '#core/recovery';
import { environmentImageHost, environmentSecret } from '#engine/data-folder';
import { imageHosts, providers as catalogue } from '#providers/catalogue';
import { readSettings, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { priceRange, table, type Paint } from '../print';

/** `seedloom providers` */
export function providers(surroundings: Surroundings): ExitCode {
  const { output, environment } = surroundings;
  const all = [...catalogue.values()].map(providerInfo);
  if (output.json) {
    output.data(all);
    return exit.done;
  }
  const { prices, imageHost } = readSettings(surroundings);
  const isSet = (provider: string, name: string) =>
    environmentSecret(environment, provider, name) !== undefined;
  for (const provider of all)
    for (const line of providerLines(provider, prices, isSet, output.paint)) output.line(line);
  const chosen = environmentImageHost(environment) ?? imageHost;
  for (const line of imageHostLines([...imageHosts.values()], chosen, isSet, output.paint)) output.line(line);
  output.line('A key is read from SEEDLOOM_<PROVIDER>_KEY.');
  return exit.done;
}

/** A provider with its routes; `prices` are the person's own, by route. */
export function providerLines(
  { id, label, summary, secrets, models, recovery }: ProviderInfo,
  prices: Readonly<Record<string, number>>,
  isSet: (provider: string, name: string) => boolean,
  paint: Paint,
): string[] {
  const keys = keyLines(id, secrets, isSet, paint);
  const rows = models.map((model) => {
    const own = prices[`${id}/${model.id}`];
    const price = pictureForecast(model, own);
    const words =
      price.high === 0 ? 'free' : `${priceRange(price)} a picture${own === undefined ? '' : ' (your price)'}`;
    return [`  ${id}/${model.id}`, model.tasks.join(', '), words];
  });
  return [
    `${paint.bold(label)}  ${paint.dim(summary)}`,
    `  ${recoveryWords(recovery)}`,
    ...keys,
    ...table(rows),
    '',
  ];
}

function keyLines(
  id: string,
  secrets: readonly SecretSpec[],
  isSet: (provider: string, name: string) => boolean,
  paint: Paint,
): string[] {
  return secrets.map(({ name, label, required, help }) => {
    if (isSet(id, name)) return `  ${label}: set`;
    const where = help === undefined ? '' : ` (${help})`;
    return `  ${label}: ${required ? paint.yellow('not set') : 'not set, not needed'}${where}`;
  });
}

/** The image hosts; `chosen` is the id of the one in use, `''` for none. */
export function imageHostLines(
  hosts: readonly ImageHostInfo[],
  chosen: string,
  isSet: (provider: string, name: string) => boolean,
  paint: Paint,
): string[] {
  const lines = hosts.flatMap(({ id, label, summary, secrets }) => [
    `${paint.bold(`${id}: ${label}`)}${id === chosen ? paint.green(' (chosen)') : ''}  ${paint.dim(summary)}`,
    ...keyLines(id, secrets, isSet, paint),
  ]);
  const how = `Providers that take pictures by link only need an image host${chosen === '' ? '; none is chosen' : ''}. SEEDLOOM_IMAGE_HOST names one:`;
  return [how, ...lines, ''];
}

/** What happens to money already spent when something breaks. */
function recoveryWords(recovery: ProviderInfo['recovery']): string {
  const { title, text } = describeRecovery(recovery);
  return `${title}: ${text}`;
}
