import { afterEach, beforeEach } from 'vitest';
import type { WorkflowDocument } from '#core/document/schema';
import type { RunEvent } from '#core/run';
import type { EngineOptions } from '#engine/contract';
import { engineBench, type EngineBench } from './engine-bench';
import { temporaryFolder } from './temporary-folder';
import { scriptedProvider, type ScriptedProvider } from './scripted-provider';
import { small } from './small-catalogue';

/** A data folder and a vendor for each test of a file, and as many engines on them as the test opens. */
export interface EngineFixture {
  readonly folder: string;
  readonly vendor: ScriptedProvider;
  bench(changes?: Partial<EngineOptions>): Promise<EngineBench>;
}

export function engineFixture(): EngineFixture {
  let folder: ReturnType<typeof temporaryFolder>;
  let vendor: ScriptedProvider;
  const open: EngineBench[] = [];
  beforeEach(async () => {
    folder = temporaryFolder();
    vendor = await scriptedProvider();
  });
  afterEach(async () => {
    // An engine waits for the answer to what it has sent.
    vendor.shop.release();
    for (const each of open.splice(0)) await each.engine.close();
    await vendor.close();
    folder.remove();
  });
  return {
    get folder() {
      return folder.path;
    },
    get vendor() {
      return vendor;
    },
    async bench(changes = {}) {
      const made = await engineBench(folder.path, [vendor.provider], changes);
      open.push(made);
      return made;
    },
  };
}

/** A picture for each line. */
export const prompts = (...lines: string[]): WorkflowDocument =>
  small(
    [
      ['words', 'words', { lines: lines.join('\n') }],
      ['make', 'make'],
    ],
    ['words.text > make.prompt'],
  );

export const ofType = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type);
