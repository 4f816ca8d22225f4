import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Layer } from '#core/pictures';
import { textPath } from '#engine/pictures/text-paths';

type TextLayer = Extract<Layer, { kind: 'text' }>;
const base: TextLayer = { kind: 'text', text: '', left: 20, top: 10, width: 360, size: 30, color: '#000000' };

interface Ink {
  left: number;
  right: number;
  top: number;
  bottom: number;
  amount: number;
}

/** Where on a white sheet of 400 × 300 there is ink. */
async function inkOf(layer: Partial<TextLayer>): Promise<Ink> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#fff"/>${textPath({ ...base, ...layer })}</svg>`;
  const pixels = await sharp(Buffer.from(svg)).removeAlpha().toColourspace('b-w').raw().toBuffer();
  const ink: Ink = { left: 400, right: -1, top: 300, bottom: -1, amount: 0 };
  pixels.forEach((light, index) => {
    if (light > 128) return;
    const [x, y] = [index % 400, Math.floor(index / 400)];
    ink.left = Math.min(ink.left, x);
    ink.right = Math.max(ink.right, x);
    ink.top = Math.min(ink.top, y);
    ink.bottom = Math.max(ink.bottom, y);
    ink.amount += 1;
  });
  return ink;
}

/** Lines of ink with white between them. */
async function linesOf(layer: Partial<TextLayer>): Promise<number> {
  const lineHeight = (layer.size ?? base.size) * 1.3;
  return Math.ceil(((await inkOf(layer)).bottom - base.top) / lineHeight);
}

const long = 'A bottle on a white background placed in forty scenes with the references of the brand';

describe('text as paths', () => {
  it('puts ink in its line and its width', async () => {
    const ink = await inkOf({ text: 'Hxg' });
    expect(ink.amount).toBeGreaterThan(150);
    expect(ink.left).toBeGreaterThanOrEqual(20);
    expect(ink.left).toBeLessThan(26);
    expect(ink.top).toBeGreaterThanOrEqual(10);
    expect(ink.bottom).toBeLessThan(10 + 39);
  });

  it('aligns', async () => {
    const left = await inkOf({ text: 'Seedloom', align: 'left' });
    const center = await inkOf({ text: 'Seedloom', align: 'center' });
    const right = await inkOf({ text: 'Seedloom', align: 'right' });
    expect(Math.abs(center.left + center.right - 400)).toBeLessThan(6);
    expect(right.right).toBeGreaterThan(372);
    expect(right.right).toBeLessThan(381);
    expect(Math.abs(left.right - left.left - (right.right - right.left))).toBeLessThan(2);
  });

  it('is heavier when semibold', async () => {
    const { amount } = await inkOf({ text: 'Seedloom' });
    expect((await inkOf({ text: 'Seedloom', weight: 'semibold' })).amount).toBeGreaterThan(amount * 1.15);
  });

  it('wraps at its width, at line breaks, and inside a word that is too long', async () => {
    expect(await linesOf({ text: 'One line' })).toBe(1);
    expect(await linesOf({ text: 'Two\nlines' })).toBe(2);
    const wrapped = await inkOf({ text: long });
    expect(wrapped.right).toBeLessThanOrEqual(381);
    expect(await linesOf({ text: long })).toBe(4);
    const word = await inkOf({ text: 'x'.repeat(60) });
    expect(word.right).toBeLessThanOrEqual(381);
    expect(word.bottom).toBeGreaterThan(60);
  });

  it('keeps words with a hard space together', async () => {
    expect(await linesOf({ text: 'word another', width: 120 })).toBe(2);
    expect(await linesOf({ text: 'a LoRA\u00a0film', width: 140 })).toBe(2);
    const first = await inkOf({ text: 'a LoRA\u00a0film', width: 140, maxLines: 1 });
    expect(first.right).toBeLessThan(110);
  });

  it('cuts with an ellipsis after the last line', async () => {
    const cut = await inkOf({ text: long, maxLines: 2 });
    expect(cut.bottom).toBeLessThan(10 + 2 * 39);
    expect(cut.right).toBeLessThanOrEqual(381);
    // The line above and the same words in a line of their own.
    expect(textPath({ ...base, text: long, maxLines: 1 })).toBe(
      textPath({ ...base, text: 'A bottle on a white…', width: 1000 }),
    );
    const short = textPath({ ...base, text: 'Short', maxLines: 1 });
    expect(short).toBe(textPath({ ...base, text: 'Short' }));
  });

  it.each(['Zażółć gęślą jaźń', 'Ωμέγα', 'Привет, мир', 'Ça va? Größe 3 × 4 – «oui»'])(
    'has the letters of %s',
    async (text) => {
      expect(textPath({ ...base, text })).not.toContain('v19.80h');
      const ink = await inkOf({ text });
      expect(ink.right - ink.left).toBeGreaterThan(60);
    },
  );

  it.each([
    ['漢字', 2],
    ['👩🏽‍🚀', 1],
    ['👩🏽‍🚀👩🏽‍🚀', 2],
  ])('draws a box for each character of %s it has not', async (text, boxes) => {
    // Each box is an outline and its hole.
    expect(textPath({ ...base, text }).match(/Z/g)).toHaveLength(boxes * 2);
    const ink = await inkOf({ text });
    expect(ink.amount).toBeGreaterThan(40);
    expect(ink.bottom).toBeLessThan(10 + 39);
  });

  it('writes only numbers, wherever it stands', () => {
    for (let step = 0; step < 300; step += 1) {
      const path = textPath({ ...base, text: 'Seedloom gjy (8)', left: step * 1.337, top: step * 0.731 });
      expect(path).toMatch(/ d="M[-\d.MLQCZ ]+Z?"\/>$/);
    }
  });

  it.each(['', ' ', '\n'])('draws nothing for %j', async (text) => {
    expect((await inkOf({ text })).amount).toBe(0);
  });
});
