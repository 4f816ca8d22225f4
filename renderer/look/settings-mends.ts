/** Failures that are mended in the settings, and on which page of them. */
export const mendedInSettings: Readonly<Record<string, { tab: 'keys' | 'addresses'; words: string }>> = {
  'no-key': { tab: 'keys', words: 'Set the key' },
  'bad-key': { tab: 'keys', words: 'Set the key' },
  unreachable: { tab: 'addresses', words: 'Look at the address' },
  'wrong-address': { tab: 'addresses', words: 'Look at the address' },
  'bad-port': { tab: 'addresses', words: 'Look at the address' },
};
