import { words } from './words';

const { key, address } = words.notes.mends;

/** Failures that are mended in the settings, and on which page of them. */
export const mendedInSettings: Readonly<Record<string, { tab: 'keys' | 'addresses'; words: string }>> = {
  'no-key': { tab: 'keys', words: key },
  'bad-key': { tab: 'keys', words: key },
  unreachable: { tab: 'addresses', words: address },
  'wrong-address': { tab: 'addresses', words: address },
  'bad-port': { tab: 'addresses', words: address },
};
