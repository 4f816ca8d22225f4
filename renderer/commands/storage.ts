import type { BridgeInput } from '#core/ipc';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { ask } from './bridge';
import { planSoon } from './planning';

/** The upkeep of the data folder; what it takes away changes the plan. */
export const storageActions = {
  report: () => ask('storage.report', {}),

  async verify() {
    sessionStore.actions.set({ storageProgress: { checked: 0, of: 0 } });
    const report = await ask('storage.verify', {});
    sessionStore.actions.set({ storageProgress: null });
    planSoon();
    return report;
  },

  stopVerify: () => void ask('storage.stopVerify', {}),

  async cleanUp(
    limits: Pick<BridgeInput<'storage.cleanUp'>, 'olderThanDays' | 'keepBytes'>,
    dryRun: boolean,
  ) {
    const open = documentStore.actions
      .all()
      .map(({ history, place }) => ({ document: history.present, path: place.path }));
    const report = await ask('storage.cleanUp', { open, ...limits, dryRun });
    if (!dryRun) planSoon();
    return report;
  },
};
