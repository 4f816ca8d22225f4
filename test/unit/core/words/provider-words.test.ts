import { describe, expect, it } from 'vitest';
import { providerTexts } from '#core/words/de/provider-texts';
import { providerIn } from '#core/words/provider-words';
import { imageHosts, podHosts, providers } from '#providers/catalogue';

const services = [...providers.values(), ...imageHosts.values(), ...podHosts.values()];
const models = new Set(
  [...providers.values()].flatMap((provider) => provider.models.map(({ label }) => label)),
);
/** Names of services are the same everywhere, where they are only a name. */
const texts = new Set(
  services.flatMap(({ label, summary, secrets, settings }) => [
    ...(label.includes('(') ? [label] : []),
    summary,
    ...secrets.flatMap((secret) => [secret.label, secret.help ?? '']),
    ...settings.flatMap((setting) => [setting.label, setting.hint ?? '']),
  ]),
);
const names = new Set(services.map(({ label }) => label));
const isAnAddress = (text: string) => /^https:\/\/\S+$/.test(text);

describe('the texts of providers in German', () => {
  it('are complete', () =>
    expect(
      [...texts].filter((text) => text !== '' && !isAnAddress(text) && !Object.hasOwn(providerTexts, text)),
    ).toEqual([]));
  it('have nothing that no provider says', () =>
    expect(
      Object.keys(providerTexts).filter((text) => !texts.has(text) && !names.has(text) && !models.has(text)),
    ).toEqual([]));
  it('stand in a provider of that language, and leave all else alone', () => {
    const sandbox = providers.get('sandbox')!;
    const german = providerIn(sandbox, 'de');
    expect(german.label).toBe('Sandbox (kostenlos, offline)');
    expect(german.settings.map(({ label }) => label)).toContain('Scheitern bei');
    expect(german.settings.map(({ name }) => name)).toEqual(sandbox.settings.map(({ name }) => name));
    expect(german.models[0]).toEqual({ ...sandbox.models[0], label: 'Sandbox-Bild' });
    expect(german.models.map(({ id }) => id)).toEqual(sandbox.models.map(({ id }) => id));
    expect(providerIn(sandbox, 'en')).toEqual(sandbox);
  });
});
