import { arkModel, arkProvider } from './kit/ark';

/**
 * BytePlus ModelArk, ByteDance's own service outside China. Its interface is in `kit/ark`.
 *
 * The prices are third parties' copies of BytePlus's list, which agree among themselves; one says 0.045 for 4.5, and the
 * plan says both. The region eu-west-1 exists; its host is unverified, so it is a matter of the address in the settings.
 */
const source = 'docs.gogogotoken.ai and docs.apiyi.com, which say that they follow BytePlus’s own list';
const price = (perPicture: number) => ({ perPicture, asOf: '2026-11-21', source });

export default arkProvider(
  {
    name: 'BytePlus ModelArk',
    keys: 'console.byteplus.com/ark',
    billing: 'console.byteplus.com/finance',
    console: 'console.byteplus.com/ark',
    host: 'https://ark.ap-southeast.bytepluses.com',
    models: {
      'seedream-4.5': 'seedream-4-5-251128',
      'seedream-4.0': 'seedream-4-0-250828',
      'seedream-5-lite': 'seedream-5-0-260128',
    },
  },
  {
    id: 'byteplus',
    label: 'BytePlus ModelArk',
    homepage: 'https://console.byteplus.com/ark',
    summary: 'ByteDance’s own service: Seedream 4.0, 4.5 and 5.0 Lite by dated versions, in one answer.',
    models: [
      arkModel('4.5', { ...price(0.04), orElse: { perPicture: 0.045 } }),
      arkModel('4.0', price(0.03)),
      arkModel('5-lite', price(0.035)),
    ],
  },
);
