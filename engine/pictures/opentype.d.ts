/** opentype.js 2 brings no types; these are the parts used here (from its README, "API"). */
declare module 'opentype.js/dist/opentype.mjs' {
  export interface Path {
    toPathData(decimalPlaces: number): string;
  }
  export interface Font {
    /** Font units: 1,000 of them are the font size. */
    unitsPerEm: number;
    ascender: number;
    descender: number;
    /** 0 is "no such glyph". */
    charToGlyphIndex(character: string): number;
    /** Kerning and ligatures counted in. */
    getAdvanceWidth(text: string, fontSize: number): number;
    /** `y` is the baseline. */
    getPath(text: string, x: number, y: number, fontSize: number): Path;
  }
  export function parse(buffer: ArrayBuffer): Font;
}
