/** opentype.js 2 brings no types; these are the parts used here (from its README, "API"). */
declare module 'opentype.js/dist/opentype.mjs' {
  export type PathCommand =
    | { type: 'M' | 'L'; x: number; y: number }
    | { type: 'Q'; x1: number; y1: number; x: number; y: number }
    | { type: 'C'; x1: number; y1: number; x2: number; y2: number; x: number; y: number }
    | { type: 'Z' };
  export interface Path {
    commands: PathCommand[];
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
