import { deflateSync, inflateSync } from 'node:zlib';
import { FailureError, userFailure } from '#core/failure';
import { crc32 } from './crc32';
import { pictureType } from './picture-type';

/**
 * A text carried inside a picture file beside its pixels, which stay bit for bit as they are: PNG in an `iTXt` chunk
 * named `seedloom`, JPEG in `APP9` segments that begin with `Seedloom`, WebP in a chunk `SDLM` at the end. Taking it out
 * again gives the very bytes that were there before.
 */

/** Unpacked; a workflow is far smaller. */
export const mostTextBytes = 16 * 1024 * 1024;
const keyword = 'seedloom';
const jpegMark = Buffer.from('Seedloom\0', 'latin1');
/** Of a JPEG segment: its length is two bytes that count themselves; ours adds the mark, a number and a count. */
const jpegPart = 65_533 - jpegMark.length - 2;

/** A stretch of a file: from the first byte to the one after the last. */
interface Stretch {
  from: number;
  to: number;
}

/** The picture with the text in it; as it was for a format that cannot carry one, or a text that does not fit. */
export function withText(bytes: Uint8Array, text: string): Uint8Array {
  const packed = deflateSync(Buffer.from(text, 'utf8'));
  const plain = Buffer.from(withoutText(bytes));
  const type = pictureType(plain);
  if (Buffer.byteLength(text) > mostTextBytes || !('format' in type)) return bytes;
  switch (type.format) {
    case 'png': {
      const header = pngChunks(plain)[0];
      return header === undefined ? bytes : inserted(plain, header.to, pngChunk(packed));
    }
    case 'jpeg': {
      const parts = Math.ceil(packed.length / jpegPart);
      if (parts > 255) return bytes;
      const segments = Array.from({ length: parts }, (_, index) =>
        jpegSegment(packed.subarray(index * jpegPart, (index + 1) * jpegPart), index, parts),
      );
      return inserted(plain, endOfLeadingSegments(plain), Buffer.concat(segments));
    }
    case 'webp':
      return withRiffSize(Buffer.concat([plain, webpChunk(packed)]));
    default:
      return bytes;
  }
}

/** The very bytes the picture had before a text was put in. */
export function withoutText(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { format, stretches } = found(file);
  if (stretches.length === 0) return bytes;
  let at = 0;
  const kept = stretches.map(({ from, to }) => {
    const piece = file.subarray(at, from);
    at = to;
    return piece;
  });
  const rest = Buffer.concat([...kept, file.subarray(at)]);
  return format === 'webp' ? withRiffSize(rest) : rest;
}

/**
 * The text the picture carries; `undefined` for none. Throws a `FailureError` (`damaged-workflow`) for one that cannot be
 * read.
 */
export function textOf(bytes: Uint8Array): string | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { format, stretches } = found(file);
  if (stretches.length === 0) return undefined;
  const packed = Buffer.concat(stretches.map(({ from, to }) => packedIn(file.subarray(from, to), format)));
  try {
    return inflateSync(packed, { maxOutputLength: mostTextBytes }).toString('utf8');
  } catch {
    throw new FailureError(
      userFailure(
        'damaged-workflow',
        'This picture carries a workflow that is damaged: another program may have cut it. The picture itself can be used.',
      ),
    );
  }
}

/** The names of the texts other programs have put into a PNG. */
export function pngTextNames(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = pictureType(file);
  if (!('format' in type) || type.format !== 'png') return [];
  return pngChunks(file).flatMap(({ kind, from }) =>
    ['tEXt', 'iTXt', 'zTXt'].includes(kind) ? [pngName(file.subarray(from + 8))] : [],
  );
}

function found(file: Buffer): { format: string; stretches: Stretch[] } {
  const type = pictureType(file);
  const format = 'format' in type ? type.format : '';
  if (format === 'png') {
    const ours = pngChunks(file).filter(
      ({ kind, from }) => kind === 'iTXt' && pngName(file.subarray(from + 8)) === keyword,
    );
    return { format, stretches: ours.slice(0, 1) };
  }
  if (format === 'jpeg') {
    const ours = jpegSegments(file).filter(
      ({ marker, from }) =>
        marker === 0xe9 && file.subarray(from + 4, from + 4 + jpegMark.length).equals(jpegMark),
    );
    return { format, stretches: ours };
  }
  if (format === 'webp') return { format, stretches: webpChunks(file).filter(({ kind }) => kind === 'SDLM') };
  return { format, stretches: [] };
}

function packedIn(stretch: Buffer, format: string): Buffer {
  // Keyword and its end, "packed", the method, two empty texts, then the checksum at the end.
  if (format === 'png') return stretch.subarray(8 + keyword.length + 5, -4);
  if (format === 'jpeg') return stretch.subarray(4 + jpegMark.length + 2);
  return stretch.subarray(8, 8 + stretch.readUInt32LE(4));
}

function inserted(bytes: Buffer, at: number, more: Buffer): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}

function pngChunks(file: Buffer): (Stretch & { kind: string })[] {
  const chunks: (Stretch & { kind: string })[] = [];
  for (let from = 8; from + 12 <= file.length;) {
    const to = from + 12 + file.readUInt32BE(from);
    if (to > file.length) break;
    chunks.push({ kind: file.toString('latin1', from + 4, from + 8), from, to });
    from = to;
  }
  return chunks;
}

function pngName(data: Buffer): string {
  const end = data.indexOf(0);
  return data.toString('latin1', 0, end === -1 || end > 79 ? 0 : end);
}

function pngChunk(packed: Buffer): Buffer {
  const data = Buffer.concat([
    Buffer.from('iTXt', 'latin1'),
    Buffer.from(`${keyword}\0`, 'latin1'),
    // Packed, by deflate; no language, no translated name.
    Buffer.from([1, 0, 0, 0]),
    packed,
  ]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length - 4);
  sum.writeUInt32BE(crc32(data));
  return Buffer.concat([length, data, sum]);
}

/** The segments before the picture's own data. */
function jpegSegments(file: Buffer): (Stretch & { marker: number })[] {
  const segments: (Stretch & { marker: number })[] = [];
  for (let from = 2; from + 4 <= file.length && file[from] === 0xff;) {
    const marker = file[from + 1]!;
    const to = from + 2 + file.readUInt16BE(from + 2);
    if (marker === 0xda || to > file.length) break;
    segments.push({ marker, from, to });
    from = to;
  }
  return segments;
}

/** After the segments (JFIF, EXIF, a colour profile) that have to come first. */
function endOfLeadingSegments(file: Buffer): number {
  let end = 2;
  for (const { marker, to } of jpegSegments(file)) {
    if (marker < 0xe0 || marker > 0xef) break;
    end = to;
  }
  return end;
}

function jpegSegment(part: Buffer, index: number, of: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe9);
  head.writeUInt16BE(2 + jpegMark.length + 2 + part.length, 2);
  return Buffer.concat([head, jpegMark, Buffer.from([index, of]), part]);
}

function webpChunks(file: Buffer): (Stretch & { kind: string })[] {
  const chunks: (Stretch & { kind: string })[] = [];
  for (let from = 12; from + 8 <= file.length;) {
    const length = file.readUInt32LE(from + 4);
    const to = from + 8 + length + (length % 2);
    if (to > file.length) break;
    chunks.push({ kind: file.toString('latin1', from, from + 4), from, to });
    from = to;
  }
  return chunks;
}

function webpChunk(packed: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write('SDLM', 'latin1');
  head.writeUInt32LE(packed.length, 4);
  return Buffer.concat([head, packed, Buffer.alloc(packed.length % 2)]);
}

function withRiffSize(file: Buffer): Buffer {
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}
