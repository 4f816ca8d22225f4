import { arkModel, arkProvider } from './kit/ark';

/**
 * Volcengine Ark, ByteDance's own service in China. Its interface is in `kit/ark`; the names of the models have `doubao-`
 * before them.
 *
 * It bills in yuan, and no list of its own could be read: BytePlus's prices of the same models stand in for them.
 */
const source = 'BytePlus’s price for the same model as an estimate; the bill is in yuan';
const price = (perPicture: number) => ({ perPicture, asOf: '2026-11-21', source });

export default arkProvider(
  {
    name: 'Volcengine Ark',
    keys: 'console.volcengine.com/ark',
    billing: 'console.volcengine.com/finance',
    console: 'console.volcengine.com/ark',
    host: 'https://ark.cn-beijing.volces.com',
    models: {
      'seedream-4.5': 'doubao-seedream-4-5-251128',
      'seedream-4.0': 'doubao-seedream-4-0-250828',
      'seedream-5-lite': 'doubao-seedream-5-0-260128',
    },
  },
  {
    id: 'volcengine',
    label: 'Volcengine Ark',
    homepage: 'https://console.volcengine.com/ark',
    summary:
      'ByteDance’s own service in China: Seedream 4.0, 4.5 and 5.0 Lite by dated versions, in one answer.',
    models: [
      arkModel('4.5', { ...price(0.04), orElse: { perPicture: 0.045 } }),
      arkModel('4.0', price(0.03)),
      arkModel('5-lite', price(0.035)),
    ],
  },
);
