import { providerInfo } from '#core/provider';
import { nodes } from '#nodes/catalogue';
import { providers } from '#providers/catalogue';
import { fakeBridge } from '../fake-bridge';

/** The editor in an ordinary browser: for looking at it, and for measuring the canvas. */

const examples = import.meta.glob('../../../examples/*.seedloom', {
  eager: true,
  query: '?raw',
  import: 'default',
}) as Record<string, string>;
const sizes = [
  { width: 512, height: 512 },
  { width: 451, height: 300 },
  { width: 600, height: 400 },
  { width: 872, height: 1000 },
  { width: 640, height: 427 },
];

const asked = new URLSearchParams(location.search);
const bridge = fakeBridge({
  catalogue: nodes,
  providers: [...providers.values()].map(providerInfo),
  examples: Object.fromEntries(
    Object.entries(examples).map(([path, text]) => [
      path.replace(/^.*\/|\.seedloom$/g, ''),
      { title: (JSON.parse(text) as { title: string }).title, text },
    ]),
  ),
  picture: (number) => ({
    hash: number.toString(16).padStart(64, '0'),
    format: 'png',
    ...sizes[number % sizes.length]!,
    bytes: 400_000,
  }),
  pace: Number(asked.get('pace') ?? 300),
  ...(asked.get('fails') === null
    ? {}
    : {
        fails: {
          [asked.get('fails')!]: {
            code: 'moderation',
            act: 'user',
            charge: asked.get('doubt') === null ? 'none' : 'possible',
            message: 'The service refused the prompt. Change its words and run again.',
          },
        },
      }),
});
Object.assign(window, { seedloom: bridge });
await import('../../../renderer/app/main');
