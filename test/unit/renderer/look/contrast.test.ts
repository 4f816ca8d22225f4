import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../renderer/look/tokens.css', import.meta.url), 'utf8');

function declarations(after: string): Record<string, string> {
  const start = css.indexOf(after);
  if (start === -1) throw new Error(`tokens.css has no ${after}`);
  const open = css.indexOf('{', start);
  const block = css.slice(open + 1, css.indexOf('}', open));
  return Object.fromEntries(
    [...block.matchAll(/(--[\w-]+|color-scheme):\s*([^;]+);/g)].map(([, name, value]) => [
      name!,
      value!.replace(/\s+/g, ' '),
    ]),
  );
}

const dark = declarations(':root {');
const light = { ...dark, ...declarations(":root[data-theme='light']") };

type Rgb = [number, number, number];

/** Linear-light sRGB, 0 to 1, of `#rrggbb` or `oklch(l c h)` (conversion as in CSS Color 4, appendix). */
function linear(text: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(text);
  if (hex !== null) {
    const channel = (from: number) => {
      const value = parseInt(hex[1]!.slice(from, from + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return [channel(0), channel(2), channel(4)];
  }
  const oklch = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)deg\)$/.exec(text);
  if (oklch === null) throw new Error(`not a colour this test can read: ${text}`);
  const [l, c, h] = oklch.slice(1).map(Number) as Rgb;
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const cube = (value: number) => value ** 3;
  const long = cube(l + 0.3963377774 * a + 0.2158037573 * b);
  const middle = cube(l - 0.1055613458 * a - 0.0638541728 * b);
  const short = cube(l - 0.0894841775 * a - 1.291485548 * b);
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ].map((value) => Math.min(1, Math.max(0, value))) as Rgb;
}

function contrast(one: string, other: string): number {
  const luminance = (text: string) => {
    const [r, g, b] = linear(text);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [high, low] = [luminance(one), luminance(other)].sort((left, right) => right - left) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

const surfaces = ['--canvas', '--card', '--raised', '--sunken'];
const types = ['--type-image', '--type-mask', '--type-text', '--type-number', '--type-lora'];

describe('the arithmetic of this test', () => {
  it('knows black on white and the grey of WCAG', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
  it('reads oklch as the browser does', () => {
    // oklch of #ff0000 is 0.628 0.2577 29.23.
    const [r, g, b] = linear('oklch(0.62796 0.25768 29.234deg)');
    expect(r).toBeCloseTo(1, 2);
    expect(g).toBeCloseTo(0, 2);
    expect(b).toBeCloseTo(0, 2);
  });
});

describe.each([
  ['dark', dark],
  ['light', light],
])('%s', (_name, tokens) => {
  const least = (token: string) => Math.min(...surfaces.map((on) => contrast(tokens[token]!, tokens[on]!)));

  it('body text has 7:1 on every surface', () => expect(least('--text')).toBeGreaterThanOrEqual(7));
  it.each(['--text-soft', '--text-faint', '--spend', '--action', '--success', '--danger'])(
    '%s has 4.5:1 on every surface',
    (token) => expect(least(token)).toBeGreaterThanOrEqual(4.5),
  );
  it.each([...types, '--focus'])('%s has 3:1 on every surface', (token) =>
    expect(least(token)).toBeGreaterThanOrEqual(3),
  );
  it.each(['action', 'spend', 'danger'])('text on a %s button has 4.5:1', (name) =>
    expect(contrast(tokens[`--on-${name}`]!, tokens[`--${name}`]!)).toBeGreaterThanOrEqual(4.5),
  );
});

describe('the grey room', () => {
  const grey = { ...dark, ...declarations(":root[data-theme='grey']") };
  const panels = ['--card', '--raised', '--sunken'];
  const least = (token: string, on: readonly string[]) =>
    Math.min(...on.map((surface) => contrast(grey[token]!, grey[surface]!)));

  it('has the same words and signs on its panels as the other themes', () => {
    expect(least('--text', panels)).toBeGreaterThanOrEqual(7);
    for (const token of ['--text-soft', '--text-faint', '--spend', '--action', '--success', '--danger'])
      expect([token, least(token, panels) >= 4.5]).toEqual([token, true]);
    for (const name of ['action', 'spend', 'danger'])
      expect(contrast(grey[`--on-${name}`]!, grey[`--${name}`]!)).toBeGreaterThanOrEqual(4.5);
  });
  it('has words and signs that can be seen on the grey itself', () => {
    expect(least('--text', ['--canvas'])).toBeGreaterThanOrEqual(4.5);
    for (const token of [...types, '--focus', '--spend', '--action', '--success', '--danger'])
      expect([token, least(token, ['--canvas', ...panels]) >= 3]).toEqual([token, true]);
  });
  it('has no hue around a picture, and one grey', () => {
    expect(grey['--surround']).toBe(grey['--canvas']);
    for (const token of ['--canvas', '--card', '--raised', '--sunken', '--check-light', '--check-dark']) {
      const [, red, green, blue] = /^#(..)(..)(..)$/.exec(grey[token]!) ?? [];
      expect([red, green]).toEqual([green, blue]);
    }
  });
});

describe.each([
  ['dark', dark],
  ['light', light],
  ['grey', { ...dark, ...declarations(":root[data-theme='grey']") }],
])('groups in the %s room', (_name, tokens) => {
  const marks = ['grey', 'amber', 'green', 'blue', 'violet', 'rose'];
  const srgb = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
  /** `--mark` over the canvas, as much of it as the fill says: `#rrggbb`. */
  const ground = (mark: string) => {
    const share = Number.parseFloat(tokens[mark === 'grey' ? '--group-fill-grey' : '--group-fill']!) / 100;
    const black = Number(/^rgb\(0 0 0 \/ (\d+)%\)$/.exec(tokens['--group-ground']!)?.[1] ?? 0) / 100;
    const over = linear(tokens[`--mark-${mark}`]!).map(srgb);
    const under = linear(tokens['--canvas']!).map((value) => srgb(value) * (1 - black));
    const mixed = over.map((value, at) => Math.round(255 * (value * share + under[at]! * (1 - share))));
    return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  };
  /** CIE lightness, 0 to 100. */
  const lightness = (text: string) => {
    const [r, g, b] = linear(text);
    return 116 * Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b) - 16;
  };

  it.each(marks)('a %s frame is seen on the canvas by its own colour', (mark) =>
    expect(contrast(tokens[`--mark-${mark}`]!, tokens['--canvas']!)).toBeGreaterThanOrEqual(3),
  );
  it('a grey ground has another tone than the cards on it and the canvas around it', () => {
    const grey = lightness(ground('grey'));
    expect(Math.abs(grey - lightness(tokens['--card']!))).toBeGreaterThanOrEqual(5);
    expect(Math.abs(grey - lightness(tokens['--canvas']!))).toBeGreaterThanOrEqual(3);
  });
  it.each(marks)('the words on a %s ground have 4.5:1', (mark) =>
    expect(contrast(tokens['--text']!, ground(mark))).toBeGreaterThanOrEqual(4.5),
  );
});

describe('light', () => {
  it('is the same whether the person or the system chose it', () =>
    expect(declarations(":root:not([data-theme='dark'], [data-theme='grey'])")).toEqual(
      declarations(":root[data-theme='light']"),
    ));
});
