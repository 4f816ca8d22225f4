import { basename } from 'node:path';
import type { Engine } from '../contract';
import { pictureWorkflow, withWorkflow } from '../history/picture-workflow';
import type { PreviewStore } from '../pictures/preview-store';
import type { EngineParts } from '../run/parts';
import { writePicture } from './save-picture';
import { relativePath, type PictureIntake } from './survey';

type PictureCalls = Pick<
  Engine,
  'importFile' | 'importBytes' | 'workflowOf' | 'savePictureAs' | 'pictureFile' | 'previewFile'
>;

/** What the engine does with single pictures: takes them in, gives them out, and the graph they carry. */
export function pictureCalls(
  parts: EngineParts & { intake: PictureIntake; previews: PreviewStore },
): PictureCalls {
  const { blobs, passing, intake, previews } = parts;
  return {
    importFile: async (file, folder) => {
      const image = await intake.file(file);
      const path = relativePath(file, folder);
      return {
        file: { name: basename(file), ...(path === undefined ? {} : { path }), hash: image.hash },
        image,
      };
    },

    importBytes: async (bytes, name) => {
      const image = await intake.bytes(bytes);
      return { file: { name, hash: image.hash }, image };
    },

    workflowOf: (file) => pictureWorkflow(parts, file),

    savePictureAs: async (hash, path) => {
      await writePicture(path, withWorkflow(parts, hash, await blobs.read(hash)));
    },

    pictureFile: (hash) => blobs.path(hash) ?? passing.path(hash),

    previewFile: async (hash, width) => (await previews.file(hash, width)) ?? passing.path(hash),
  };
}
