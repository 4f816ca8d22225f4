import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ComposeOptions, Layer } from '#core/pictures';
import type { ImageRef } from '#core/values';
import { definitionOf, runNode, sized } from './node-under-test';

type Box = { left: number; top: number; width: number; height: number };
const imagesOf = ({ layers }: ComposeOptions) => layers.filter((layer) => layer.kind === 'image');
const textsOf = ({ layers }: ComposeOptions) => layers.filter((layer) => layer.kind === 'text');

async function sheetOf(
  images: readonly ImageRef[],
  params: Record<string, unknown> = {},
  labels: readonly string[] = [],
): Promise<ComposeOptions> {
  const { tools, outputs } = await runNode(definitionOf('contact-sheet'), {
    params,
    inputs: { images, labels },
  });
  expect(outputs['image']).toHaveLength(1);
  return tools.composed[0]!;
}

const squares = (count: number) => Array.from({ length: count }, (_, place) => sized(1024, 1024, `${place}`));
const columnsOf = (sheet: ComposeOptions) => new Set(imagesOf(sheet).map(({ left }) => left)).size;
const overlap = (one: Box, other: Box) =>
  one.left < other.left + other.width &&
  other.left < one.left + one.width &&
  one.top < other.top + other.height &&
  other.top < one.top + one.height;

/** The room a text may take up. */
const roomOf = (text: Extract<Layer, { kind: 'text' }>): Box => ({
  ...text,
  height: Math.floor(text.size * 1.3 * (text.maxLines ?? 1)),
});

describe('a contact sheet', () => {
  it('puts nothing over anything else and nothing outside', async () => {
    const shape = fc.record({
      sizes: fc.array(fc.tuple(fc.integer({ min: 16, max: 4096 }), fc.integer({ min: 16, max: 4096 })), {
        minLength: 1,
        maxLength: 24,
      }),
      columns: fc.integer({ min: 0, max: 40 }),
      cell: fc.integer({ min: 64, max: 2048 }),
      gap: fc.integer({ min: 0, max: 120 }),
      title: fc.constantFrom('', 'A title'),
      labels: fc.array(fc.constantFrom('short', 'a label that is rather long for so small a picture'), {
        maxLength: 24,
      }),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ sizes, labels, ...params }) => {
        const sheet = await sheetOf(
          sizes.map(([width, height], place) => sized(width, height, `${place}`)),
          params,
          labels,
        );
        const boxes = [...imagesOf(sheet), ...textsOf(sheet).map(roomOf)];
        expect(imagesOf(sheet)).toHaveLength(sizes.length);
        expect(textsOf(sheet)).toHaveLength(sizes.length + (params.title === '' ? 0 : 1));
        expect(sheet.width * sheet.height).toBeLessThan(100_000_000);
        for (const [place, box] of boxes.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.top).toBeGreaterThanOrEqual(0);
          expect(box.left + box.width).toBeLessThanOrEqual(sheet.width);
          expect(box.top + box.height).toBeLessThanOrEqual(sheet.height);
          for (const other of boxes.slice(place + 1)) expect(overlap(box, other)).toBe(false);
        }
      }),
    );
  });

  it('goes row by row, in the order the pictures came', async () => {
    const pictures = squares(5);
    const sheet = await sheetOf(pictures, { columns: 3, cell: 200, gap: 20 });
    const placed = imagesOf(sheet).sort((one, other) => one.top - other.top || one.left - other.left);
    expect(placed.map(({ image }) => image)).toEqual(pictures);
    expect(placed.map(({ left }) => left)).toEqual([30, 250, 470, 30, 250]);
    expect(sheet.width).toBe(30 + 3 * 200 + 2 * 20 + 30);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 2],
    [6, 3],
    [8, 4],
    [9, 3],
    [10, 5],
    [12, 4],
    [20, 5],
  ])('puts %i squares into %i columns by itself', async (count, columns) =>
    expect(columnsOf(await sheetOf(squares(count)))).toBe(columns),
  );

  it('has cells in the shape most pictures have, and cuts none of them', async () => {
    const sheet = await sheetOf([sized(800, 1000), sized(1600, 2000), sized(2000, 1000)], { cell: 400 });
    for (const picture of imagesOf(sheet))
      expect(picture).toMatchObject({ width: 400, height: 500, fit: 'contain' });
  });

  it('numbers the pictures when there are no labels', async () =>
    expect(textsOf(await sheetOf(squares(3))).map(({ text }) => text)).toEqual(['1', '2', '3']));

  it('puts each label under its picture', async () => {
    const sheet = await sheetOf(squares(3), {}, ['front', ' side ', '']);
    expect(textsOf(sheet).map(({ text }) => text)).toEqual(['front', 'side', '3']);
    for (const [place, text] of textsOf(sheet).entries()) {
      const picture = imagesOf(sheet)[place]!;
      expect(text).toMatchObject({ left: picture.left, width: picture.width, align: 'center' });
      expect(text.top).toBeGreaterThan(picture.top + picture.height);
    }
  });

  it('repeats a label for the pictures that share it', async () =>
    expect(textsOf(await sheetOf(squares(4), {}, ['a', 'b'])).map(({ text }) => text)).toEqual([
      'a',
      'a',
      'b',
      'b',
    ]));

  it('has a title above the pictures, when there is one', async () => {
    const sheet = await sheetOf(squares(2), { title: ' Two cats ' });
    const title = textsOf(sheet).find(({ text }) => text === 'Two cats')!;
    expect(title.top + title.size).toBeLessThan(Math.min(...imagesOf(sheet).map(({ top }) => top)));
    expect(sheet.description).toContain('Two cats');
  });

  it.each([['#ffffff'], ['#f6f5f2'], ['#808080'], ['#757575'], ['#141416'], ['#b00020']])(
    'writes readably on %s',
    async (background) => {
      const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
      const luminance = (color: string) =>
        [0.2126, 0.7152, 0.0722].reduce(
          (sum, weight, place) =>
            sum + weight * linear(parseInt(color.slice(1 + 2 * place, 3 + 2 * place), 16) / 255),
          0,
        );
      for (const { color } of textsOf(await sheetOf(squares(1), { background, title: 'A' }))) {
        const [dark, light] = [luminance(color), luminance(background)].sort((one, other) => one - other);
        expect((light! + 0.05) / (dark! + 0.05)).toBeGreaterThan(3);
      }
    },
  );

  it('makes the pictures of a very large sheet smaller', async () => {
    const sheet = await sheetOf(squares(600), { cell: 2048, gap: 120 });
    expect(sheet.width * sheet.height).toBeLessThan(70_000_000);
    expect(Math.max(sheet.width, sheet.height)).toBeLessThanOrEqual(16_384);
  });
});
