import { serializeDocument } from '#core/document/serialize';
import { basename, extname, resolve } from 'node:path';
import type { ExportedBundle, OpenedWorkflow } from '#core/file-calls';
import type { PlanRequest } from '#engine/contract';
import type { EngineProcess } from './engine-process';
import { hashOf } from './workflow-files';

export interface BundleDialogs {
  chooseTarget(suggestedName: string): Promise<string | undefined>;
  chooseFolder(): Promise<string | undefined>;
}

export interface Bundles {
  /** Asks where. `null`: the person closed the dialog. */
  export(request: PlanRequest, suggestedName: string, results: boolean): Promise<ExportedBundle | null>;
  /** Asks where to unpack and gives the path of the workflow. */
  unpack(file: string): Promise<string | undefined>;
  /** The graph that made a picture, as a new workflow. */
  fromPicture(file: string): Promise<OpenedWorkflow>;
}

/** Workflows that come and go with their pictures. */
export function createBundles(engine: Pick<EngineProcess, 'call'>, dialogs: BundleDialogs): Bundles {
  return {
    async export(request, suggestedName, results) {
      const chosen = await dialogs.chooseTarget(`${suggestedName}.seedloom.zip`);
      if (chosen === undefined) return null;
      const path = /\.zip$/i.test(chosen) ? resolve(chosen) : `${resolve(chosen)}.seedloom.zip`;
      return engine.call('writeBundle', { ...request, path, results });
    },

    async unpack(file) {
      const folder = await dialogs.chooseFolder();
      if (folder === undefined) return undefined;
      return (await engine.call('unpackBundle', { file, folder })).path;
    },

    async fromPicture(file) {
      const { document } = await engine.call('workflowOf', { file });
      const text = serializeDocument(document);
      const name = document.title.trim() === '' ? basename(file, extname(file)) : document.title;
      return { path: null, name, text, seen: hashOf(Buffer.from(text)) };
    },
  };
}
