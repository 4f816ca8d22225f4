import type { WorkflowDocument } from '#core/document/schema';
import type { RunRequest } from '../contract';
import type { RunRow } from '../store/store';

/** What is written down of a request, to carry it out later or go on with it after a crash. */
export function keptRequest({
  document,
  folder,
  outFolder,
  targets,
  budget,
  without,
}: RunRequest): RunRow['request'] {
  return {
    document,
    folder,
    outFolder,
    ...(targets === undefined ? {} : { targets: [...targets] }),
    ...(budget === undefined ? {} : { budget }),
    ...(without === undefined ? {} : { without: [...without] }),
  };
}

/** The request a row keeps. */
export function requestOf({
  document,
  folder,
  outFolder,
  targets,
  budget,
  without,
}: RunRow['request']): RunRequest {
  return {
    document: document as WorkflowDocument,
    folder,
    outFolder,
    ...(targets === undefined ? {} : { targets }),
    ...(budget === undefined ? {} : { budget }),
    ...(without === undefined ? {} : { without }),
  };
}
