import { flatten } from '#core/document/flatten';
import type { WorkflowDocument } from '#core/document/schema';
import { failureOf, type Failure } from '#core/failure';
import type { StepProgress } from '#core/run';
import { isImageRef, type ImageRef } from '#core/values';
import type { Engine } from '#engine/contract';
import { savePicture } from '#engine/files/save-picture';
import { nodes } from '#nodes/catalogue';
import { lastPictureNodes } from './edit-document';

/** Whether any node that ran writes files itself. */
export function writesFiles(document: WorkflowDocument, steps: readonly StepProgress[]): boolean {
  const flat = flatten(document, nodes).document;
  return steps.some(({ node }) => {
    const work = nodes.get(flat.nodes[node]?.type ?? '')?.work;
    return work?.on === 'machine' && work.effect === 'writes-files';
  });
}

/**
 * Copies the pictures of a run's last nodes into `folder`, named after their nodes and never over another file. Gives how
 * many there are now, or why it cannot.
 */
export async function copyLastPictures(
  document: WorkflowDocument,
  steps: readonly StepProgress[],
  folder: string,
  engine: Pick<Engine, 'pictureFile'>,
): Promise<{ copied: number } | { failure: Failure }> {
  const ran = new Set(steps.map(({ node }) => node));
  let copied = 0;
  const flat = flatten(document, nodes);
  for (const node of lastPictureNodes(flat.document, ran, flat.catalogue)) {
    const pictures = steps
      .filter((step) => step.node === node)
      .flatMap(({ outputs }) => Object.values(outputs ?? {}).flat())
      .filter((item): item is ImageRef => isImageRef(item));
    for (const [index, picture] of pictures.entries()) {
      const source = engine.pictureFile(picture.hash);
      if (source === undefined) continue;
      const name = pictures.length === 1 ? node : `${node}-${index + 1}`;
      try {
        await savePicture(picture, source, folder, name);
      } catch (error) {
        return { failure: failureOf(error) };
      }
      copied += 1;
    }
  }
  return { copied };
}
