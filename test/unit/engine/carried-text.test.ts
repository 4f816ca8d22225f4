import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { inspectPicture } from '#engine/pictures/inspect';
import { pngTextNames, textOf, withText, withoutText } from '#engine/pictures/carried-text';

const formats = ['png', 'jpeg', 'webp'] as const;
const pictures = new Map<string, Uint8Array>();

beforeAll(async () => {
  for (const alpha of [false, true])
    for (const format of formats) {
      const background = { r: 200, g: 80, b: 20, ...(alpha ? { alpha: 0.4 } : {}) };
      const picture = sharp({ create: { width: 31, height: 17, channels: alpha ? 4 : 3, background } });
      pictures.set(`${format}${alpha ? ' alpha' : ''}`, await picture.toFormat(format).toBuffer());
    }
  const profile = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } });
  pictures.set('jpeg with a profile', await profile.jpeg().withIccProfile('p3').toBuffer());
  const still = sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } });
  pictures.set(
    'webp with EXIF',
    await still
      .webp()
      .withExif({ IFD0: { Artist: 'me' } })
      .toBuffer(),
  );
});

const each = ['png', 'png alpha', 'jpeg', 'webp', 'webp alpha', 'jpeg with a profile', 'webp with EXIF'];

describe('a text in a picture', () => {
  it.each(each)('is carried, found again and taken out to the very bytes: %s', async (name) => {
    const bytes = pictures.get(name)!;
    const texts = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.constant('ä'.repeat(300_000)));
    fc.assert(
      fc.property(texts, (text) => {
        const carrying = withText(bytes, text);
        expect(textOf(carrying)).toBe(text);
        expect(Buffer.compare(withoutText(carrying), bytes)).toBe(0);
        // A second text takes the place of the first.
        expect(textOf(withText(carrying, 'other'))).toBe('other');
      }),
      { numRuns: 25 },
    );
  });

  it.each(each)('leaves every pixel as it was, and the picture one that opens: %s', async (name) => {
    const bytes = pictures.get(name)!;
    const noise = Array.from({ length: 40_000 }, (_, index) => (index * 7919) % 9973).join();
    const carrying = withText(bytes, noise);
    expect(await inspectPicture(carrying)).toEqual(await inspectPicture(bytes));
    const pixels = (of: Uint8Array) => sharp(of, { failOn: 'warning' }).raw().toBuffer();
    expect(await pixels(carrying)).toEqual(await pixels(bytes));
    const [before, after] = [await sharp(bytes).metadata(), await sharp(carrying).metadata()];
    expect([after.icc, after.exif, after.hasAlpha]).toEqual([before.icc, before.exif, before.hasAlpha]);
  });

  it('is split over segments where it is long', () => {
    const random = fc.sample(fc.string({ minLength: 200_000, maxLength: 200_000 }), {
      seed: 1,
      numRuns: 1,
    })[0]!;
    const carrying = withText(pictures.get('jpeg')!, random);
    expect(carrying.length).toBeGreaterThan(70_000);
    expect(textOf(carrying)).toBe(random);
  });

  it('is not in a picture that has none, and not looked for past a cut', () => {
    for (const bytes of pictures.values()) {
      expect(textOf(bytes)).toBeUndefined();
      expect(withoutText(bytes)).toBe(bytes);
      const carrying = withText(bytes, 'a workflow');
      for (let end = 0; end < carrying.length; end += 7) {
        const found = (() => {
          try {
            return textOf(carrying.subarray(0, end));
          } catch (error) {
            return (error as { failure: { code: string } }).failure.code;
          }
        })();
        expect([undefined, 'a workflow', 'damaged-workflow']).toContain(found);
      }
    }
  });

  it('is told from the texts of other programs', () => {
    const png = Buffer.from(pictures.get('png')!);
    const data = Buffer.from('tEXtworkflow\0{}', 'latin1');
    const chunk = Buffer.concat([Buffer.from([0, 0, 0, data.length - 4]), data, Buffer.alloc(4)]);
    const comfy = Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
    expect(pngTextNames(comfy)).toEqual(['workflow']);
    expect(textOf(comfy)).toBeUndefined();
  });
});
