import { expect, it } from 'vitest';
import { recoveries } from '#core/provider';
import { describeRecovery } from '#core/recovery';

it('has words for every way to recover, and calls only "none" unsafe', () => {
  const unsafe = recoveries.filter((recovery) => !describeRecovery(recovery).safe);
  expect(unsafe).toEqual(['none']);
  expect(new Set(recoveries.map((recovery) => describeRecovery(recovery).title)).size).toBe(
    recoveries.length,
  );
});
