import type { SecretPlace } from '#core/ipc';
import type { Settings } from '#core/settings';
import type { ImageHostInfo } from '#core/image-host';
import type { ProviderInfo } from '#core/provider';

export const secretTones: Record<SecretPlace, 'plain' | 'success' | 'spend'> = {
  none: 'plain',
  kept: 'success',
  'this-start': 'spend',
  environment: 'success',
};

export type LinkedText = ({ text: string } | { link: string })[];

/** Finds the https addresses in a text. */
export function linksIn(text: string): LinkedText {
  return text
    .split(/(https:\/\/[^\s)]*[^\s).,;])/)
    .map((part, place) => (place % 2 === 1 ? { link: part } : { text: part }))
    .filter((part) => 'link' in part || part.text !== '');
}

/** Whether a provider can be used: every key it needs is somewhere. */
export function hasKeys(provider: ProviderInfo, secrets: Readonly<Record<string, SecretPlace>>): boolean {
  return provider.secrets.every(
    ({ name, required }) => !required || (secrets[`${provider.id}.${name}`] ?? 'none') !== 'none',
  );
}

/** What an image host still needs to be used: the labels of its keys and settings that are nowhere. */
export function missingOf(
  { id, secrets, settings }: ImageHostInfo,
  places: Readonly<Record<string, SecretPlace>>,
  own: Settings['providers'],
): string[] {
  const keys = secrets.filter(
    ({ name, required }) => required && (places[`${id}.${name}`] ?? 'none') === 'none',
  );
  const others = settings.filter(
    ({ name, required, initial }) => required && (own[`${id}.${name}`] ?? initial) === '',
  );
  return [...keys, ...others].map(({ label }) => label);
}

/** The settings with one provider's setting changed; what a provider starts with is not kept. */
export function withProviderSetting(
  providers: Settings['providers'],
  name: string,
  value: string,
  initial: string,
): Settings['providers'] {
  const { [name]: _old, ...rest } = providers;
  return value.trim() === '' || value === initial ? rest : { ...rest, [name]: value.trim() };
}

/** The prices with one route's own price; `undefined` goes back to the provider's. */
export function withPrice(
  prices: Settings['prices'],
  route: string,
  price: number | undefined,
): Settings['prices'] {
  const { [route]: _old, ...rest } = prices;
  return price === undefined ? rest : { ...rest, [route]: price };
}

export type ReadPrice = { ok: true; value: number | undefined } | { ok: false };

/** "0.04", "$0,04", or nothing. */
export function readPrice(text: string): ReadPrice {
  const trimmed = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(',', '.');
  if (trimmed === '') return { ok: true, value: undefined };
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= 0 ? { ok: true, value } : { ok: false };
}

/** Whether a provider answers to what was typed into a filter. */
export function matchesFilter(provider: ProviderInfo, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return (
    provider.label.toLowerCase().includes(wanted) ||
    provider.models.some((model) => model.label.toLowerCase().includes(wanted))
  );
}
