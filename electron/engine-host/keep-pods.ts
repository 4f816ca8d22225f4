import { failureOf, userFailure, type Failure } from '#core/failure';
import type { PodReport } from '#core/pod';
import { leftWords } from '#core/pod-words';
import type { Pods } from '#engine/pods/contract';
import type { FromEngine } from '../engine-calls';

/** Looks after pods as long as the engine is there; says which were left running, and each trouble once. */
export async function keepPods(
  pods: Pick<Pods, 'left' | 'keep'>,
  tell: (message: FromEngine) => void,
): Promise<void> {
  const told = new Map<string, string>();
  const trouble = (failure: Failure) => tell({ kind: 'trouble', failure });

  function changed(reports: PodReport[]): void {
    tell({ kind: 'pods', pods: reports });
    for (const { id, trouble: found } of reports) {
      if (found !== undefined && told.get(id) !== found.code) trouble(found);
      told.set(id, found?.code ?? '');
    }
  }

  let lastFailed = '';
  function failed(failure: Failure): void {
    if (failure.message !== lastFailed) trouble(failure);
    lastFailed = failure.message;
  }

  try {
    for (const pod of pods.left())
      trouble(userFailure('pod-left', `${leftWords(pod)} It is looked after again.`));
    await pods.keep({ changed, failed }, new AbortController().signal);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code !== 'closing') trouble(failure);
  }
}
