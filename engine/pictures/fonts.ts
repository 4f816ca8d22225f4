// oxlint-disable-next-line typescript/triple-slash-reference -- opentype.js brings no types, and folders that import this one do not list its declarations
/// <reference path="./opentype.d.ts" />
import cyrillicRegular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic-400-normal.woff?inline';
import cyrillicSemibold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-cyrillic-600-normal.woff?inline';
import greekRegular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-400-normal.woff?inline';
import greekSemibold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-greek-600-normal.woff?inline';
import latinRegular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff?inline';
import latinSemibold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff?inline';
import latinExtendedRegular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-400-normal.woff?inline';
import latinExtendedSemibold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-600-normal.woff?inline';
import { parse, type Font } from 'opentype.js/dist/opentype.mjs';

export type Weight = 'regular' | 'semibold';

// One typeface in the pieces it is published in, the most used first. A piece is read when a text first needs it.
const pieces: Record<Weight, readonly string[]> = {
  regular: [latinRegular, latinExtendedRegular, cyrillicRegular, greekRegular],
  semibold: [latinSemibold, latinExtendedSemibold, cyrillicSemibold, greekSemibold],
};
const parsed = new Map<string, Font>();

function fontOf(dataUrl: string): Font {
  let font = parsed.get(dataUrl);
  if (font === undefined) {
    const bytes = Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64');
    font = parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
    parsed.set(dataUrl, font);
  }
  return font;
}

/** The piece that has the character, `undefined` when the typeface has it not. */
export function fontFor(character: string, weight: Weight): Font | undefined {
  for (const piece of pieces[weight]) {
    const font = fontOf(piece);
    if (font.charToGlyphIndex(character) !== 0) return font;
  }
  return undefined;
}
