import { expect, it } from 'vitest';
import { createRunStore } from '../../../../renderer/stores/run-store';

it('a choice shows no price of what was picked before', () => {
  const store = createRunStore();
  store.actions.priced('choose', { low: 0.04, high: 0.04 });
  expect(store.getState().goOnPrices.get('choose')?.high).toBe(0.04);
  store.actions.planAsked();
  expect(store.getState().goOnPrices.size).toBe(0);
});
