import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';

/**
 * `sound`: it can be handed to lmdb. `damaged`: it cannot; lmdb maps the file into memory and a wrong page number there ends
 * the process. `other-version`: an lmdb file of another data version than this build reads.
 */
export type DatabaseState = 'missing' | 'sound' | 'damaged' | 'other-version';

// The file of lmdb 3 (data version 2), little-endian: meta pages at 0, half a page (the last flushed state) and one page.
const magic = 0xbeefc0de;
const dataVersion = 2;
const pageHeader = 24;
const metaBytes = 144;
const branchFlag = 0x01;
const leafFlag = 0x02;
const metaFlag = 0x08;
const bigDataFlag = 0x01;
const subDatabaseFlag = 0x02;
/** In a meta page: its pages were not flushed to the disk when it was written. */
const unflushedFlag = 0x1000;
const noPage = 0xffff_ffff_ffff_ffffn;

interface Meta {
  pageSize: number;
  roots: bigint[];
  lastPage: bigint;
  transaction: bigint;
  isUnflushed: boolean;
  boot: bigint;
}

/**
 * Looks at a database file without lmdb. `whole` reads every page in use; otherwise the meta pages, the size and the first
 * page of each table, and every page only where the size is in question.
 */
export function databaseState(file: string, { whole = false } = {}): DatabaseState {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'missing';
    throw error;
  }
  try {
    return stateOf(handle, whole);
  } finally {
    closeSync(handle);
  }
}

function stateOf(handle: number, whole: boolean): DatabaseState {
  // Another process may write while the pages are read: only what two looks at the same state agree on is damage.
  for (let look = 0; ; look += 1) {
    const metas = readMetas(handle);
    if (typeof metas === 'string') return metas;
    const trusted = trustedMeta(handle, metas, whole);
    if (trusted) return 'sound';
    const now = readMetas(handle);
    const isStill = typeof now !== 'string' && newestOf(now).transaction === newestOf(metas).transaction;
    if (isStill || look === 5) return isStill ? 'damaged' : 'sound';
  }
}

/** Whether the state that lmdb will go on from is there. */
function trustedMeta(handle: number, metas: readonly Meta[], whole: boolean): boolean {
  const newest = newestOf(metas);
  if (isReadable(handle, newest, whole)) return true;
  // After a power cut lmdb goes back to a state that was flushed.
  if (!newest.isUnflushed || newest.boot === bootId()) return false;
  return metas.some((meta) => meta !== newest && !meta.isUnflushed && isReadable(handle, meta, true));
}

function newestOf(metas: readonly Meta[]): Meta {
  return metas.reduce((newest, meta) => (meta.transaction > newest.transaction ? meta : newest));
}

function readMetas(handle: number): Meta[] | 'damaged' | 'other-version' {
  const first = readMeta(handle, 0);
  if (typeof first === 'string') return first;
  const { pageSize } = first;
  const second = readMeta(handle, pageSize);
  if (typeof second === 'string') return second;
  if (second.pageSize !== pageSize) return 'damaged';
  const flushed = readMeta(handle, pageSize / 2);
  const hasFlushed = typeof flushed !== 'string' && flushed.transaction > 0n && flushed.pageSize === pageSize;
  return hasFlushed ? [first, second, flushed] : [first, second];
}

function readMeta(handle: number, offset: number): Meta | 'damaged' | 'other-version' {
  const page = Buffer.alloc(pageHeader + metaBytes);
  if (readSync(handle, page, 0, page.length, offset) < page.length) return 'damaged';
  const at = pageHeader;
  if (page.readUInt32LE(at) !== magic) return 'damaged';
  if ((page.readUInt32LE(at + 4) & 0xffff) !== dataVersion) return 'other-version';
  const pageSize = page.readUInt32LE(at + 24);
  const isPageSize = pageSize >= 512 && pageSize <= 65_536 && (pageSize & (pageSize - 1)) === 0;
  if (!isPageSize || (page.readUInt16LE(18) & metaFlag) === 0) return 'damaged';
  return {
    pageSize,
    roots: [page.readBigUInt64LE(at + 64), page.readBigUInt64LE(at + 112)],
    lastPage: page.readBigUInt64LE(at + 120),
    transaction: page.readBigUInt64LE(at + 128),
    isUnflushed: (page.readUInt16LE(at + 28) & unflushedFlag) !== 0,
    boot: page.readBigUInt64LE(at + 136),
  };
}

function isReadable(handle: number, { pageSize, roots, lastPage }: Meta, whole: boolean): boolean {
  const { size } = fstatSync(handle);
  const pages = BigInt(Math.floor(size / pageSize));
  // The last pages may never have been written when they were given back at once: then every page in use is looked at.
  const all = whole || lastPage >= pages;
  const walk = new Walk(handle, pageSize, pages < lastPage + 1n ? pages : lastPage + 1n);
  const [free, main] = roots as [bigint, bigint];
  return walk.tree(free, all) && walk.tree(main, all);
}

/** Follows page numbers through the file and stops at the first that leads nowhere. */
class Walk {
  readonly #page: Buffer;

  constructor(
    private readonly handle: number,
    pageSize: number,
    /** How many pages there may be. */
    private readonly pages: bigint,
  ) {
    this.#page = Buffer.alloc(pageSize);
  }

  /** `all`: to every page; otherwise to the first of the tree, and of each tree that a first page names. */
  tree(root: bigint, all: boolean): boolean {
    const open = [root];
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (number === noPage) continue;
      const next = this.#read(number, all);
      if (next === undefined) return false;
      for (const page of next) open.push(page);
    }
    return true;
  }

  /** The pages this one leads to. */
  #read(number: bigint, all: boolean): bigint[] | undefined {
    const page = this.#page;
    if (number < 2n || number >= this.pages) return undefined;
    if (readSync(this.handle, page, 0, page.length, number * BigInt(page.length)) < page.length)
      return undefined;
    const flags = page.readUInt16LE(18);
    const isBranch = (flags & branchFlag) !== 0;
    if (page.readBigUInt64LE(0) !== number || isBranch === ((flags & leafFlag) !== 0)) return undefined;
    const nodes = page.readUInt16LE(20) >> 1;
    const next: bigint[] = [];
    for (let place = 0; place < nodes; place += 1) {
      const pointer = pageHeader + 2 * place;
      if (pointer + 2 > page.length) return undefined;
      const node = pageHeader + page.readUInt16LE(pointer);
      if (node + 8 > page.length) return undefined;
      if (isBranch) {
        if (all) next.push(BigInt(page.readUIntLE(node, 6)));
      } else if (!this.#leafNode(node, next)) return undefined;
    }
    return next;
  }

  #leafNode(node: number, next: bigint[]): boolean {
    const page = this.#page;
    const size = page.readUInt32LE(node);
    const flags = page.readUInt16LE(node + 4);
    const data = node + 8 + page.readUInt16LE(node + 6);
    if ((flags & bigDataFlag) !== 0) {
      if (data + 8 > page.length) return false;
      const pages = BigInt(Math.floor((pageHeader - 1 + size) / page.length) + 1);
      return page.readBigUInt64LE(data) + pages <= this.pages;
    }
    if (data + size > page.length) return false;
    if ((flags & subDatabaseFlag) !== 0) next.push(page.readBigUInt64LE(data + 40));
    return true;
  }
}

/** Which start of the computer this is, as lmdb writes it into a meta page; `undefined` where that cannot be known. */
function bootId(): bigint | undefined {
  try {
    const text = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    return BigInt(`0x${/^[0-9a-f]+/.exec(text)![0]}`);
  } catch {
    return undefined;
  }
}
