const chunk = 0x8000;

/** Bytes as base64, in pieces: one call with millions of arguments is more than the engine's stack holds. */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += chunk)
    text += String.fromCharCode(...bytes.subarray(start, start + chunk));
  return btoa(text);
}

/** The bytes of base64 or of a `data:` link of it; `undefined` for anything else, also for nothing at all. */
export function fromBase64(text: string): Uint8Array | undefined {
  let decoded: string;
  try {
    decoded = atob(text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text);
  } catch {
    return undefined;
  }
  if (decoded === '') return undefined;
  const bytes = new Uint8Array(decoded.length);
  for (let index = 0; index < decoded.length; index += 1) bytes[index] = decoded.charCodeAt(index);
  return bytes;
}

/** A picture's file as a link that holds it. */
export function dataLink({ bytes, format }: { bytes: Uint8Array; format: string }): string {
  return `data:image/${format};base64,${toBase64(bytes)}`;
}
