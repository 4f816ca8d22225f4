import { providerInfo, type ProviderInfo } from '#core/provider';
import { describeRecovery } from '#core/recovery';
import { environmentSecret } from '#engine/data-folder';
import { providers as catalogue } from '#providers/catalogue';
import { readSettings, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { money, table, type Paint } from '../print';

/** `seedloom providers` */
export function providers(surroundings: Surroundings): ExitCode {
  const { output, environment } = surroundings;
  const all = [...catalogue.values()].map(providerInfo);
  if (output.json) {
    output.data(all);
    return exit.done;
  }
  const { prices } = readSettings(surroundings);
  const isSet = (provider: string, name: string) =>
    environmentSecret(environment, provider, name) !== undefined;
  for (const provider of all)
    for (const line of providerLines(provider, prices, isSet, output.paint)) output.line(line);
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
  const keys = secrets.map(({ name, label: key, required, help }) => {
    if (isSet(id, name)) return `${key}: set`;
    const where = help === undefined ? '' : ` (${help})`;
    return `${key}: ${required ? paint.yellow('not set') : 'not set, not needed'}${where}`;
  });
  const rows = models.map((model) => {
    const own = prices[`${id}/${model.id}`];
    const price = own ?? model.price.perPicture;
    const words =
      price === 0 ? 'free' : `${money(price)} a picture${own === undefined ? '' : ' (your price)'}`;
    return [`  ${id}/${model.id}`, model.tasks.join(', '), words];
  });
  return [
    `${paint.bold(label)}  ${paint.dim(summary)}`,
    `  ${recoveryWords(recovery)}`,
    ...keys.map((key) => `  ${key}`),
    ...table(rows),
    '',
  ];
}

/** What happens to money already spent when something breaks. */
function recoveryWords(recovery: ProviderInfo['recovery']): string {
  const { title, text } = describeRecovery(recovery);
  return `${title}: ${text}`;
}
