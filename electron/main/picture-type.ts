/** What a stored picture is, by its first bytes: its name says nothing, blobs have none. */
export interface PictureType {
  mime: string;
  extension: string;
}

/** How many bytes `pictureType` looks at. */
export const signatureLength = 32;

const octetStream: PictureType = { mime: 'application/octet-stream', extension: '' };

export function pictureType(head: Uint8Array): PictureType {
  const text = (start: number, end: number) => String.fromCharCode(...head.subarray(start, end));
  if (text(0, 8) === '\u0089PNG\r\n\u001a\n') return { mime: 'image/png', extension: '.png' };
  if (text(0, 3) === '\u00ff\u00d8\u00ff') return { mime: 'image/jpeg', extension: '.jpg' };
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return { mime: 'image/webp', extension: '.webp' };
  if (/^GIF8[79]a$/.test(text(0, 6))) return { mime: 'image/gif', extension: '.gif' };
  if (text(0, 4) === 'II*\u0000' || text(0, 4) === 'MM\u0000*')
    return { mime: 'image/tiff', extension: '.tif' };
  // An ISO media file; AVIF is named as the major or a compatible brand.
  if (text(4, 8) === 'ftyp' && /avi[fs]/.test(text(8, 32))) return { mime: 'image/avif', extension: '.avif' };
  return octetStream;
}
