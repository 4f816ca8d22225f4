import { useState } from 'react';
import { pictureForecast } from '#core/plan/forecast';
import { routeText } from '#core/plan/route';
import type { ModelSpec, ProviderInfo } from '#core/provider';
import { moneyRange } from '../look/format';
import { translated, words } from '../look/words';
import { PriceInput } from './settings-general';
import { Filter } from './settings-keys';
import type { SettingsProps } from './settings-props';
import { matchesFilter, withPrice } from './settings-words';

export function SettingsPrices(props: SettingsProps) {
  const [typed, setTyped] = useState('');
  const shown = props.providers.filter(
    (provider) => provider.models.length > 0 && matchesFilter(provider, typed),
  );
  return (
    <>
      <p className="settings-lead">{words.providers.prices.lead}</p>
      <Filter typed={typed} onType={setTyped} />
      <table className="settings-prices">
        <thead>
          <tr className="caption">
            <th scope="col">{words.providers.prices.route}</th>
            <th scope="col">{words.providers.prices.published}</th>
            <th scope="col">{words.providers.prices.yours}</th>
          </tr>
        </thead>
        {shown.map((provider) => (
          <tbody key={provider.id}>
            <tr>
              <th scope="rowgroup" colSpan={3} className="settings-prices-provider">
                {provider.label}
              </th>
            </tr>
            {provider.models.map((model) => (
              <PriceRow
                key={`${model.id} ${props.settings.prices[`${provider.id}/${model.id}`] ?? ''}`}
                provider={provider}
                model={model}
                {...props}
              />
            ))}
          </tbody>
        ))}
      </table>
      {shown.length === 0 ? <p className="settings-none">{words.providers.nothing}</p> : null}
    </>
  );
}

function PriceRow({
  provider,
  model,
  settings,
  onChange,
  onLink,
}: SettingsProps & { provider: ProviderInfo; model: ModelSpec }) {
  const route = routeText({ provider: provider.id, model: model.id });
  const { asOf, source } = model.price;
  const published = pictureForecast(model);
  return (
    <tr>
      <td className="one-line">{model.label}</td>
      <td>
        <span className="value price" data-free={published.high === 0}>
          {moneyRange(published)}
        </span>{' '}
        {source.startsWith('https://') ? (
          <button
            type="button"
            className="settings-link caption"
            title={translated(source)}
            onClick={() => onLink(source)}
          >
            {words.providers.prices.read(asOf)}
          </button>
        ) : (
          <span className="caption" title={translated(source)}>
            {asOf}
          </span>
        )}
      </td>
      <td>
        <PriceInput
          label={words.providers.prices.yoursOf(model.label, provider.label)}
          value={settings.prices[route]}
          placeholder={words.providers.prices.asPublished}
          onChange={(price) => onChange({ prices: withPrice(settings.prices, route, price) })}
        />
      </td>
    </tr>
  );
}
