import { readFileSync, readdirSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const assets = new URL('../../../out/renderer/assets', import.meta.url).pathname;

/** Where the functions of one source file stand in what was built. */
interface Built {
  lineStarts: readonly number[];
  map: SourceMap;
  contents: ReadonlyMap<string, readonly string[]>;
}

function readBuilt(file: string): Built {
  const text = readFileSync(join(assets, file), 'utf8');
  const map = JSON.parse(readFileSync(join(assets, `${file}.map`), 'utf8')) as {
    sources: string[];
    sourcesContent: string[];
  };
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return {
    lineStarts,
    map: new SourceMap(map as ConstructorParameters<typeof SourceMap>[0]),
    contents: new Map(map.sources.map((source, place) => [source, map.sourcesContent[place]!.split('\n')])),
  };
}

/** The name a function has in its source (`card.tsx KnownCard`), by the offset it begins at in what was built. */
function sourceName({ lineStarts, map, contents }: Built, offset: number): string | undefined {
  const line = lineStarts.findLastIndex((start) => start <= offset);
  const entry = map.findEntry(line, offset - (lineStarts[line] ?? 0));
  if (!('originalSource' in entry)) return undefined;
  const written = contents.get(entry.originalSource)?.[entry.originalLine]?.slice(entry.originalColumn) ?? '';
  const name = /^(?:function )?([A-Z]\w*)\(/.exec(written)?.[1];
  return name === undefined ? undefined : `${entry.originalSource.split('/').at(-1)} ${name}`;
}

/**
 * Counts how often components are drawn, in the program as it is shipped: the engine counts the calls of their functions. Gives a
 * function that says how often each of `names` (`card.tsx KnownCard`) was called since it was asked last.
 */
export async function countCalls<Name extends string>(page: Page, names: readonly Name[]) {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const built = new Map(
    readdirSync(assets).flatMap((file) =>
      file.startsWith('index-') && file.endsWith('.js') ? [[file, readBuilt(file)] as const] : [],
    ),
  );
  const found = new Map<number, Name>();
  for (const one of built.values())
    expect([...one.contents.keys()].some((source) => source.endsWith('canvas/card.tsx'))).toBe(true);
  return async (): Promise<Record<Name, number>> => {
    const { result } = await session.send('Profiler.takePreciseCoverage');
    const calls = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
    for (const { url, functions } of result) {
      const file = built.get(url.split('/').at(-1) ?? '');
      if (file === undefined) continue;
      for (const { ranges } of functions) {
        const [range] = ranges;
        if (range === undefined || range.count === 0) continue;
        const name = found.get(range.startOffset) ?? sourceName(file, range.startOffset);
        const wanted = names.find((one) => one === name);
        if (wanted === undefined) continue;
        found.set(range.startOffset, wanted);
        calls[wanted] += range.count;
      }
    }
    return calls;
  };
}
