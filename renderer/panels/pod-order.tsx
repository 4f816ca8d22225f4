import { useEffect, useState } from 'react';
import type { Failure } from '#core/failure';
import type { PodMarket } from '#core/pod';
import { rulesWords } from '#core/pod-words';
import { createPod, readMarket, runOnPod, onPodWords } from '../commands/pods';
import { ChoiceList } from '../fields/choice-list';
import { amount } from '../look/format';
import { words } from '../look/words';
import { PodOrderMore } from './pod-order-more';
import { PodRuleFields } from './pod-rules';
import { PodTrouble } from './pod-trouble';
import { emptyForm, firstGpu, gpuOptions, readForm, type PodForm } from './pods-words';

const said = words.pods.order;

const clouds = [
  { value: 'secure', label: said.secure },
  { value: 'community', label: said.community },
] as const;

/** The order of a pod: what it is, what it costs, when it stops. */
export function PodOrder({
  onCancel,
  onMade,
}: {
  onCancel: () => void;
  /** With a failure when nobody can tell whether it was made. */
  onMade: (doubt: Failure | undefined) => void;
}) {
  const [form, setForm] = useState<PodForm>(emptyForm);
  const [market, setMarket] = useState<PodMarket>();
  const [failure, setFailure] = useState<Failure>();
  const [isOrdering, setIsOrdering] = useState(false);
  const [isUsed, setIsUsed] = useState(true);
  const change = (changes: Partial<PodForm>) => setForm((before) => ({ ...before, ...changes }));
  const { cloud } = form;

  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const found = await readMarket(cloud);
      if (!isShown) return;
      setFailure('failure' in found ? found.failure : undefined);
      if ('failure' in found) return;
      setMarket(found.value);
      setForm((before) => ({ ...before, gpu: firstGpu(found.value.offers, cloud) }));
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [cloud]);

  const offers = market?.offers ?? [];
  const volumes = market?.volumes ?? [];
  const price = offers.find(({ id }) => id === form.gpu)?.[cloud];
  const perHour = price === undefined ? undefined : price * form.count;
  const read = readForm(form, volumes);

  async function order(): Promise<void> {
    if ('wrong' in read) return;
    setIsOrdering(true);
    const made = await createPod(read.ask);
    if (isUsed && 'value' in made) await runOnPod(made.value);
    setIsOrdering(false);
    // Nobody can tell whether it was taken: the way to order another one goes over the list.
    if ('failure' in made && made.failure.code !== 'pod-in-doubt') setFailure(made.failure);
    else onMade('failure' in made ? made.failure : undefined);
  }

  return (
    <div className="pods-order">
      <div className="pods-field">
        <span>{said.cloud}</span>
        <fieldset className="segments" aria-label={said.cloud}>
          {clouds.map(({ value, label }) => (
            <button
              key={value}
              type="button"
              className="segment"
              aria-pressed={cloud === value}
              onClick={() => change({ cloud: value, gpu: '' })}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <span className="settings-note">{cloud === 'secure' ? said.secureNote : said.communityNote}</span>
      </div>
      <div className="pods-field">
        <span>{said.gpu}</span>
        <ChoiceList
          label={said.gpu}
          options={gpuOptions(offers, cloud)}
          value={form.gpu}
          placeholder={market === undefined ? words.pods.looking : said.choose}
          onChange={(gpu) => change({ gpu })}
        />
        <span className="settings-note">{said.gpuNote}</span>
      </div>
      <div className="pods-field">
        <span>{said.volume}</span>
        <ChoiceList
          label={said.volume}
          options={[
            { value: 'none', label: said.noVolume },
            ...volumes.map(({ id, name, size, dataCenter }) => ({
              value: id,
              label: name || id,
              remark: `${size} GB · ${dataCenter}`,
            })),
          ]}
          value={form.volume === '' ? 'none' : form.volume}
          disabled={cloud === 'community'}
          onChange={(volume) => change({ volume: volume === 'none' ? '' : volume })}
        />
        <span className="settings-note">{said.volumeNote}</span>
      </div>
      <label className="pods-check">
        <input type="checkbox" checked={isUsed} onChange={({ target }) => setIsUsed(target.checked)} />
        {onPodWords()}
      </label>
      <h3 className="pods-heading caption">{said.stopsItself}</h3>
      <PodRuleFields rules={form.rules} hasWatchdog={form.watchdog} onChange={(rules) => change({ rules })} />
      <PodOrderMore form={form} onChange={change} />
      <footer className="pods-foot">
        {failure === undefined ? null : <PodTrouble failure={failure} />}
        <p className="settings-note">
          {'wrong' in read ? read.wrong : rulesWords(form.rules, form.watchdog, words).join(' ')}
        </p>
        <button type="button" className="button" data-kind="quiet" data-size="large" onClick={onCancel}>
          {said.back}
        </button>
        <button
          type="button"
          className="button"
          data-kind="spend"
          data-size="large"
          disabled={'wrong' in read || perHour === undefined || isOrdering}
          onClick={() => void order()}
        >
          {perHour === undefined ? said.rent : said.rentFor(amount(perHour))}
        </button>
      </footer>
    </div>
  );
}
