import type { ImageHost } from '#core/image-host';

/** The link the host below gives a picture. */
export function linkOf({ hash }: { hash: string }): string {
  return `https://pictures.example/${hash}`;
}

/** Takes everything, keeps nothing: for vendors that take links only. */
export const imageHost: ImageHost = {
  id: 'host',
  label: 'Host',
  homepage: 'https://pictures.example',
  summary: '',
  hosts: [],
  secrets: [],
  settings: [],
  upload: async ({ hash }, { now }) => ({
    link: linkOf({ hash }),
    until: now() + 86_400_000,
  }),
  readError: () => {
    throw new Error('it calls nobody');
  },
};
