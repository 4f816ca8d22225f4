import type { ProviderInfo } from '#core/provider';
import { isImageRef, type ImageRef } from '#core/values';
import { modelRefOf } from '#core/plan/route';
import type { StepProgress } from '#core/run';
import { duration, money, secondsBetween, when } from '../look/format';
import { words } from '../look/words';
import type { ViewedPicture } from './viewer';

const texts = words.viewer.facts;

/** A node's pictures with what the run says of each: which step made it, for how much, how long it took, when. */
export function viewedPictures(
  pictures: readonly ImageRef[],
  steps: readonly StepProgress[],
  route: string | undefined,
  providers: readonly ProviderInfo[],
  now: Date,
): ViewedPicture[] {
  const makers = new Map<string, StepProgress>();
  for (const step of steps)
    for (const item of Object.values(step.outputs ?? {}).flat())
      if (isImageRef(item)) makers.set(item.hash, step);
  return pictures.map((image) => {
    const step = makers.get(image.hash);
    return { image, facts: step === undefined ? [] : factsOf(step, route, providers, now) };
  });
}

function factsOf(
  step: StepProgress,
  route: string | undefined,
  providers: readonly ProviderInfo[],
  now: Date,
): ViewedPicture['facts'] {
  const facts = [{ label: texts.step, value: step.step }];
  if (step.state === 'reused') return [...facts, { label: texts.price, value: words.viewer.reused }];
  facts.push({ label: texts.price, value: money(step.price) });
  const seconds = secondsBetween(step.startedAt, step.endedAt);
  if (seconds !== undefined) facts.push({ label: texts.took, value: duration(seconds) });
  if (step.endedAt !== undefined) facts.push({ label: texts.made, value: when(step.endedAt, now) });
  if (route === undefined) return facts;
  const ref = modelRefOf(route);
  const provider = providers.find(({ id }) => id === ref.provider);
  const model = provider?.models.find(({ id }) => id === ref.model);
  return [
    ...facts,
    { label: texts.by, value: [model?.label ?? ref.model, provider?.label ?? ref.provider].join(', ') },
  ];
}
