import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { EngineProcess } from './engine-process';
import { pictureMime } from './pictures';

/** `seedloom://app/…` is the window's own page; `seedloom://blob/<hash>?w=512` a stored picture or its preview. */
export const scheme = 'seedloom';
const pageOrigin = `${scheme}://app`;
export const pageAddress = `${pageOrigin}/index.html`;

const pageTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
};

/** What an address asks for; `undefined` for anything that is not exactly one of the two forms. */
export function parseAddress(
  address: string,
):
  | { kind: 'page'; path: string }
  | { kind: 'blob'; hash: string; width: 256 | 512 | 1024 | undefined }
  | undefined {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return undefined;
  }
  if (url.protocol !== `${scheme}:`) return undefined;
  if (url.host === 'app') return { kind: 'page', path: url.pathname };
  const hash = /^\/([0-9a-f]{64})$/.exec(url.pathname)?.[1];
  if (url.host !== 'blob' || hash === undefined) return undefined;
  const asked = /^(?:\?w=(256|512|1024))?$/.exec(url.search);
  if (asked === null) return undefined;
  return {
    kind: 'blob',
    hash,
    width: asked[1] === undefined ? undefined : (Number(asked[1]) as 256 | 512 | 1024),
  };
}

/** A file below `folder`; `undefined` for a path that would leave it. */
export function fileBelow(folder: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const root = normalize(folder) + sep;
  const file = normalize(join(root, decoded));
  return file.startsWith(root) ? file : undefined;
}

/** Answers requests of the window for its page and for pictures. */
export function createProtocolHandler(options: {
  rendererFolder: string;
  engine: Pick<EngineProcess, 'call'>;
}): (request: { url: string }) => Promise<Response> {
  const { engine } = options;
  /** Where a picture or preview was found: a blob never changes its place. */
  const found = new Map<string, { file: string; type: string }>();

  async function locate(
    hash: string,
    width: 256 | 512 | 1024 | undefined,
  ): Promise<{ file: string; type: string } | undefined> {
    const key = `${hash} ${width ?? ''}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const file =
      width === undefined
        ? await engine.call('pictureFile', { hash })
        : await engine.call('previewFile', { hash, width });
    if (file === null) return undefined;
    const place = { file, type: await pictureMime(file) };
    found.set(key, place);
    return place;
  }

  async function answerBlob(hash: string, width: 256 | 512 | 1024 | undefined): Promise<Response> {
    const place = await locate(hash, width);
    if (place === undefined) return notFound();
    const size = await stat(place.file).then(
      (stats) => stats.size,
      () => undefined,
    );
    if (size === undefined) {
      found.delete(`${hash} ${width ?? ''}`);
      return notFound();
    }
    return new Response(streamOf(place.file), {
      headers: {
        'Content-Type': place.type,
        'Content-Length': String(size),
        // The address names the content: it can never change.
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        // Lets the page read the pixels it draws on a canvas.
        'Access-Control-Allow-Origin': pageOrigin,
      },
    });
  }

  async function answerPage(path: string): Promise<Response> {
    const file = fileBelow(options.rendererFolder, path);
    const type = pageTypes[extname(path)];
    if (file === undefined || type === undefined) return notFound();
    try {
      const headers = { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' };
      return new Response(await readFile(file), { headers });
    } catch {
      return notFound();
    }
  }

  return async ({ url }) => {
    const asked = parseAddress(url);
    if (asked === undefined) return notFound();
    try {
      return asked.kind === 'page' ? await answerPage(asked.path) : await answerBlob(asked.hash, asked.width);
    } catch (error) {
      console.error(`${url} could not be answered:`, error);
      return new Response(null, { status: 500 });
    }
  };
}

/** The type of Node's web streams is not quite that of a response's body; the objects are the same. */
function streamOf(file: string): ConstructorParameters<typeof Response>[0] {
  return Readable.toWeb(createReadStream(file)) as ConstructorParameters<typeof Response>[0];
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
