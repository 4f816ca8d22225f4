import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plan } from '#core/plan/planned';
import type { PlanRequest, Storage } from '../contract';
import type { EngineParts } from '../run/parts';
import { cleanUp } from './clean-up';
import { knownPictures } from './known-pictures';
import { neededResults } from './needed';
import { filesBelow, pictureFiles, useOf, type PictureFile } from './picture-files';
import { verifyPictures } from './verify';

export function createStorage(
  { store, options, clock, underWay }: Pick<EngineParts, 'store' | 'options' | 'clock' | 'underWay'>,
  planOf: (request: PlanRequest) => Promise<Plan>,
): Storage {
  const { dataFolder } = options;
  return {
    async report() {
      const { pictures, previews, leftOver } = await pictureFiles(dataFolder);
      const { results, takenIn } = await knownPictures(store);
      const of = (isOne: (hash: string) => boolean) =>
        useOf(pictures.filter((picture: PictureFile) => isOne(picture.hash)));
      const names = await readdir(dataFolder).catch(() => []);
      const aside = ['damaged', ...names.filter((name) => name.startsWith('store.damaged-'))];
      const uses = {
        results: of((hash) => results.has(hash)),
        takenIn: of((hash) => takenIn.has(hash) && !results.has(hash)),
        others: of((hash) => !takenIn.has(hash) && !results.has(hash)),
        previews: useOf([...previews.values()].flat()),
        database: useOf(await filesBelow(join(dataFolder, 'store'))),
        damaged: useOf((await Promise.all(aside.map((name) => filesBelow(join(dataFolder, name))))).flat()),
        leftOver: useOf(leftOver),
      };
      const bytes = Object.values(uses).reduce((sum, use) => sum + use.bytes, 0);
      return { folder: dataFolder, ...uses, bytes };
    },

    verify: (onProgress, signal) => verifyPictures(store, dataFolder, onProgress, signal),

    cleanUp: ({ dryRun, open, ...limits }) =>
      cleanUp({ store, dataFolder, now: clock.now() }, limits, dryRun, () =>
        neededResults(store, open, planOf, underWay.keys()),
      ),
  };
}
