import type { Provider, ProviderInfo } from './provider';

/** A provider as plain data. `setting`: a setting the person changed, as far as there is one. */
export function providerInfo(
  provider: Provider,
  setting: (provider: string, name: string) => string | undefined = () => undefined,
): ProviderInfo {
  const { id, label, homepage, revision, summary, secrets, settings, recovery } = provider;
  const { limits, models } =
    provider.withSettings?.(
      Object.fromEntries(settings.map(({ name, initial }) => [name, setting(id, name) ?? initial])),
    ) ?? provider;
  return {
    id,
    label,
    homepage,
    revision,
    summary,
    secrets,
    settings,
    limits,
    models,
    recovery,
    cancels: provider.cancel !== undefined,
    ...(provider.picturesIn === undefined ? {} : { picturesIn: provider.picturesIn }),
    ...(provider.onPods === undefined ? {} : { onPods: provider.onPods }),
    ...(provider.checkKey === undefined ? {} : { checksKey: true }),
    ...(provider.machine === undefined ? {} : { paidByTime: true }),
    ...(provider.loras === undefined ? {} : { listsLoras: true }),
  };
}
