import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { FailureError, userFailure } from '#core/failure';

/** One file of an archive. */
export interface ZipEntry {
  name: string;
  /** Bytes packed and, as the archive says, unpacked. */
  packed: number;
  bytes: number;
  /** 0: as it is; 8: deflated. */
  method: number;
  /** Where its local header begins. */
  at: number;
}

const endSign = 0x06054b50;
const entrySign = 0x02014b50;
const localSign = 0x04034b50;
const mostEntries = 25_000;
const mostListBytes = 16 * 1024 * 1024;

/**
 * The list at the end of a zip archive, read without the rest: an entry is then read from where it lies. (fflate's own
 * reader looks for the ends of entries in their bytes, and a picture may hold such bytes.) Throws a `FailureError`
 * (`damaged-bundle`).
 */
export async function zipEntries(file: string): Promise<ZipEntry[]> {
  const handle = await open(file, 'r');
  try {
    return await entriesOf(handle);
  } finally {
    await handle.close();
  }
}

async function entriesOf(handle: FileHandle): Promise<ZipEntry[]> {
  const { size } = await handle.stat();
  const tail = await bytesAt(handle, Math.max(0, size - 65_557), Math.min(size, 65_557));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== endSign) end -= 1;
  if (end < 0) throw damaged('it has no end');
  const [count, length, start] = [
    tail.readUInt16LE(end + 10),
    tail.readUInt32LE(end + 12),
    tail.readUInt32LE(end + 16),
  ];
  if (count > mostEntries || length > mostListBytes) throw damaged('it lists too many files');
  if (start + length > size) throw damaged('its end is missing');
  const list = await bytesAt(handle, start, length);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + 46 > list.length || list.readUInt32LE(at) !== entrySign) throw damaged('its list is cut');
    const [flags, method] = [list.readUInt16LE(at + 8), list.readUInt16LE(at + 10)];
    if ((flags & 1) !== 0) throw damaged('it is locked with a password');
    if (method !== 0 && method !== 8) throw damaged('it is packed in a way Seedloom does not read');
    const [name, extra, comment] = [28, 30, 32].map((place) => list.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const packed = list.readUInt32LE(at + 20);
    const entry = {
      name: list.toString('utf8', at + 46, at + 46 + name),
      packed,
      bytes: list.readUInt32LE(at + 24),
      method,
      at: list.readUInt32LE(at + 42),
    };
    if (entry.at + packed > size) throw damaged('a file in it is cut');
    entries.push(entry);
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** What an entry holds, piece by piece; fails as soon as it is more than it says. */
export async function zipContent(file: string, entry: ZipEntry): Promise<Readable> {
  const handle = await open(file, 'r');
  let start: number;
  try {
    const head = await bytesAt(handle, entry.at, 30);
    if (head.length < 30 || head.readUInt32LE(0) !== localSign) throw damaged('a file in it is missing');
    start = entry.at + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  } finally {
    await handle.close();
  }
  const packed =
    entry.packed === 0
      ? Readable.from([])
      : createReadStream(file, { start, end: start + entry.packed - 1, highWaterMark: 256 * 1024 });
  let seen = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      done(seen > entry.bytes ? damaged('a file in it is larger than it says') : null, chunk);
    },
    flush(done) {
      done(seen === entry.bytes ? null : damaged('a file in it is cut'));
    },
  });
  const pass = (from: Readable, to: Transform) => {
    from.once('error', (error) => to.destroy(error));
    return from.pipe(to);
  };
  if (entry.method === 0) return pass(packed, counted);
  const inflated = createInflateRaw();
  pass(packed, inflated as unknown as Transform);
  return pass(inflated, counted);
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await handle.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}

export function damaged(why: string): FailureError {
  return new FailureError(
    userFailure('damaged-bundle', `This is no whole bundle of Seedloom: ${why}. Get the file again.`),
  );
}
