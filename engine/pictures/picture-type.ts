import type { ImageFormat } from '#core/values';

/** What a file is by its first bytes: a format that is read, or words for what it is instead. */
export type PictureType = { format: ImageFormat } | { instead: string };

const latin = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, bytes.length)));

const others: readonly [sign: string, instead: string][] = [
  ['%PDF', 'a PDF document'],
  ['8BPS', 'a Photoshop document'],
  ['BM', 'a BMP picture'],
  ['\0\0\x01\0', 'a Windows icon'],
  ['\xff\x0a', 'a JPEG XL picture'],
  ['\0\0\0\x0cJXL ', 'a JPEG XL picture'],
  ['\0\0\0\x0cjP  ', 'a JPEG 2000 picture'],
  ['\xff\x4f\xff\x51', 'a JPEG 2000 picture'],
  ['PK\x03\x04', 'a zip archive'],
  ['\x1aE\xdf\xa3', 'a video'],
  ['v/1\x01', 'an OpenEXR picture'],
  ['#?RADIANCE', 'a Radiance HDR picture'],
];
const tiffs = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'];

function isobmff(bytes: Uint8Array): PictureType {
  const boxLength = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  const brands = [latin(bytes, 8, 12), ...(latin(bytes, 16, Math.min(boxLength, 64)).match(/.{4}/gs) ?? [])];
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return { format: 'avif' };
  if (brands.some((brand) => /^(hei[csmx]|hev[cmsx]|mif1|msf1)$/.test(brand)))
    return { instead: 'a HEIC picture' };
  return { instead: 'a video' };
}

/**
 * Looks at the first bytes only. Nothing but these six formats is ever handed to a decoder: SVG in particular could
 * ask for other files.
 */
export function pictureType(bytes: Uint8Array): PictureType {
  const head = latin(bytes, 0, 16);
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { format: 'png' };
  if (head.startsWith('\xff\xd8\xff')) return { format: 'jpeg' };
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return { format: 'gif' };
  if (/^RIFF.{4}WEBP/s.test(head)) return { format: 'webp' };
  if (tiffs.some((sign) => head.startsWith(sign))) return { format: 'tiff' };
  if (head.slice(4, 8) === 'ftyp') return isobmff(bytes);
  const other = others.find(([sign]) => head.startsWith(sign));
  if (other !== undefined) return { instead: other[1] };
  const text = new TextDecoder().decode(bytes.subarray(0, 1024));
  if (/<svg[\s>]/i.test(text)) return { instead: 'an SVG drawing' };
  if (/^\s*(<!doctype html|<html)/i.test(text)) return { instead: 'a web page' };
  return { instead: bytes.length === 0 ? 'an empty file' : 'not a picture' };
}
