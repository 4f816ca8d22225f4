import type { ImageHostInfo } from '#core/image-host';
import type { ProviderInfo, SecretSpec } from '#core/provider';
import { providerInfo } from '#core/provider-info';
import { describeRecovery } from '#core/recovery';
import { environmentImageHost, environmentSecret, environmentSetting } from '#engine/data-folder';
import { imageHosts } from '#providers/catalogue';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { timedLines } from '../cost-lines';
import type { Paint } from '../print';
import { routeLines } from '../route-lines';

/** `seedloom providers` */
export async function providers(surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async (context) => {
    const { engine, providers: catalogue, output, environment, settings } = context;
    const all = [...catalogue.values()].map((provider) =>
      providerInfo(
        provider,
        (id, name) => environmentSetting(environment, id, name) ?? settings.providers[`${id}.${name}`],
      ),
    );
    const { rows } = await engine.compareRoutes();
    if (output.json) {
      const rowOf = new Map(rows.map((row) => [row.route, row]));
      output.data(
        all.map((provider) => ({
          ...provider,
          models: provider.models
            .filter(({ rehearses }) => rehearses === undefined)
            .map((model) => {
              const { ownPrice, seen, cost } = rowOf.get(`${provider.id}/${model.id}`) ?? {};
              return { ...model, ownPrice: ownPrice ?? null, seen: seen ?? null, cost: cost ?? null };
            }),
        })),
      );
      return exit.done;
    }
    for (const line of routeLines(rows, output.paint)) output.line(line);
    output.line();
    const timed = rows.filter(({ cost }) => cost?.machine !== undefined);
    if (timed.length > 0) {
      output.line(output.paint.bold('Paid by time'));
      for (const line of timedLines(timed, output.paint)) output.line(line);
      output.line('How it compares for a node: seedloom plan FILE --compare NODE');
      output.line();
    }
    const isSet = (provider: string, name: string) =>
      environmentSecret(environment, provider, name) !== undefined;
    for (const provider of all)
      for (const line of providerLines(provider, isSet, output.paint)) output.line(line);
    const chosen = environmentImageHost(environment) ?? settings.imageHost;
    for (const line of imageHostLines([...imageHosts.values()], chosen, isSet, output.paint))
      output.line(line);
    output.line(
      'Prices are as published; your own stand in the settings, or are given by --price. A key is read from SEEDLOOM_<PROVIDER>_KEY.',
    );
    return exit.done;
  });
}

/** A provider in words: what it is, what happens when something breaks, its keys. */
export function providerLines(
  { id, label, summary, secrets, recovery }: ProviderInfo,
  isSet: (provider: string, name: string) => boolean,
  paint: Paint,
): string[] {
  const keys = keyLines(id, secrets, isSet, paint);
  return [`${paint.bold(label)}  ${paint.dim(summary)}`, `  ${recoveryWords(recovery)}`, ...keys, ''];
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
