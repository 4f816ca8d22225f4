import { chanceFrom } from './sandbox-chance';

type Tone = 'day' | 'dusk' | 'night' | 'pale';

/** Everything a drawing is coloured with: `#rrggbb` each. */
export interface Palette {
  tone: Tone;
  /** Backdrop from top to bottom. */
  sky: readonly [string, string, string];
  /** The sun, the moon, a halo. */
  glow: string;
  /** A colour of the family: 0 far away, 1 near. `lift` moves its lightness. */
  ramp(nearness: number, lift?: number): string;
  /** The other colour, for the one thing that should stand out. */
  accent(lightness?: number): string;
  /** From light (0) to dark (1). */
  skin(depth: number, shaded: boolean): string;
  plate: string;
  ink: string;
  mutedInk: string;
}

/** OKLCH to sRGB (https://bottosson.github.io/posts/oklab/); chroma is lowered until the colour can be shown. */
export function oklch(lightness: number, chroma: number, hue: number): string {
  const radians = (hue * Math.PI) / 180;
  for (let kept = chroma; ; kept -= 0.01) {
    const a = Math.max(0, kept) * Math.cos(radians);
    const b = Math.max(0, kept) * Math.sin(radians);
    const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
    const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
    const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
    const linear = [
      4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
      -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
      -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
    ];
    if (kept > 0 && linear.some((channel) => channel < -0.001 || channel > 1.001)) continue;
    const hex = linear.map((channel) => {
      const light = Math.min(1, Math.max(0, channel));
      const encoded = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
      return Math.round(encoded * 255)
        .toString(16)
        .padStart(2, '0');
    });
    return `#${hex.join('')}`;
  }
}

interface Mood {
  hue: number;
  accent: number;
  chroma: number;
  tone: Tone;
}

// The first of these words in a prompt says what the picture is like; the second gives the accent.
const moods: readonly [words: RegExp, mood: Mood][] = [
  [/sunset|sunrise|dusk|dawn|evening|golden hour/, { hue: 25, accent: 75, chroma: 0.15, tone: 'dusk' }],
  [/night|midnight|moon|noir|dark|space|galaxy|star/, { hue: 272, accent: 85, chroma: 0.1, tone: 'night' }],
  [/neon|cyber|synth/, { hue: 310, accent: 195, chroma: 0.17, tone: 'night' }],
  [
    /snow|white|minimal|studio|winter|porcelain|marble/,
    { hue: 240, accent: 40, chroma: 0.025, tone: 'pale' },
  ],
  [
    /forest|green|leaf|leaves|jungle|moss|meadow|garden|grass/,
    { hue: 148, accent: 80, chroma: 0.11, tone: 'day' },
  ],
  [/sea|ocean|blue|water|wave|river|lake|rain|ice/, { hue: 235, accent: 65, chroma: 0.11, tone: 'day' }],
  [/fire|lava|red|ruby|cherry|dragon/, { hue: 27, accent: 80, chroma: 0.17, tone: 'dusk' }],
  [/autumn|amber|gold|orange|honey|copper/, { hue: 62, accent: 20, chroma: 0.13, tone: 'day' }],
  [/desert|sand|coffee|wood|clay|leather|bread/, { hue: 68, accent: 205, chroma: 0.08, tone: 'day' }],
  [/rose|pink|love|blossom|peach|flower/, { hue: 5, accent: 130, chroma: 0.11, tone: 'day' }],
  [/violet|purple|lavender|magic|dream/, { hue: 300, accent: 90, chroma: 0.12, tone: 'day' }],
  [/lemon|yellow|sun|summer/, { hue: 92, accent: 230, chroma: 0.13, tone: 'day' }],
  [/teal|mint|turquoise|cyan/, { hue: 190, accent: 40, chroma: 0.1, tone: 'day' }],
  [/black|shadow|storm|smoke/, { hue: 260, accent: 50, chroma: 0.03, tone: 'night' }],
];

function moodOf(prompt: string): Mood {
  const words = prompt.toLowerCase();
  const found = moods
    .map(([sign, mood]) => ({ mood, at: words.search(new RegExp(`\\b(?:${sign.source})`)) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)
    .map(({ mood }) => mood);
  // White is what a subject stands before, wherever the word comes; night falls over any colour.
  const first = found.find(({ tone }) => tone === 'pale') ?? found[0];
  const second = found.find((mood) => mood !== first);
  if (first !== undefined) {
    const isNight = first.tone !== 'pale' && /\b(mid)?night|moonlit|neon/.test(words);
    return { ...first, accent: second?.hue ?? first.accent, tone: isNight ? 'night' : first.tone };
  }
  const chance = chanceFrom(words);
  const hue = chance.between(0, 360);
  const accent = hue + chance.pick([150, 180, 210]);
  return { hue, accent, chroma: 0.11, tone: chance.pick(['day', 'day', 'dusk'] as const) };
}

/** A harmonious set of colours after the words of a prompt. */
export function paletteOf(prompt: string): Palette {
  const { hue, accent, chroma, tone } = moodOf(prompt);
  const shade = (lightness: number, strength: number, turn = 0) =>
    oklch(lightness, chroma * strength, hue + turn);
  const tones: Record<Tone, { sky: Palette['sky']; glow: string; far: number; near: number }> = {
    day: {
      sky: [shade(0.8, 0.75, 12), shade(0.89, 0.5), shade(0.95, 0.4, -25)],
      glow: oklch(0.95, 0.07, accent),
      far: 0.82,
      near: 0.34,
    },
    dusk: {
      sky: [
        oklch(0.42, chroma * 0.9, hue - 65),
        oklch(0.68, chroma * 1.05, hue + 5),
        oklch(0.88, chroma * 0.75, hue + 55),
      ],
      glow: oklch(0.95, 0.09, 88),
      far: 0.66,
      near: 0.22,
    },
    night: {
      sky: [shade(0.17, 0.6), shade(0.27, 0.9, 8), shade(0.44, 1, 22)],
      glow: oklch(0.95, 0.05, accent),
      far: 0.42,
      near: 0.13,
    },
    pale: {
      sky: [shade(0.93, 0.6), shade(0.965, 0.4), shade(0.985, 0.3, -20)],
      glow: oklch(0.99, 0.02, accent),
      far: 0.93,
      near: 0.62,
    },
  };
  const { sky, glow, far, near } = tones[tone];
  const isDark = tone === 'night';
  return {
    tone,
    sky,
    glow,
    ramp: (nearness, lift = 0) =>
      oklch(
        Math.min(0.98, Math.max(0.06, far + (near - far) * nearness + lift)),
        chroma * (0.75 + 0.45 * nearness),
        hue + (tone === 'dusk' ? 15 - 75 * nearness : 18 * (1 - nearness)),
      ),
    accent: (lightness = isDark ? 0.8 : 0.72) => oklch(lightness, Math.max(chroma, 0.12), accent),
    skin: (depth, shaded) => {
      const lightness = (isDark ? 0.74 : 0.83) - 0.34 * depth - (shaded ? 0.1 : 0);
      return oklch(lightness, shaded ? 0.085 : 0.07, shaded ? 48 : 58);
    },
    plate: tone === 'pale' ? oklch(0.985, 0.004, hue) : oklch(0.185, Math.min(chroma, 0.09) * 0.35, hue),
    ink: tone === 'pale' ? oklch(0.24, 0.02, hue) : oklch(0.97, 0.008, hue),
    mutedInk: tone === 'pale' ? oklch(0.5, 0.02, hue) : oklch(0.77, 0.03, hue),
  };
}
