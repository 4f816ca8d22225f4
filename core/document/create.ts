import { documentFormat, type WorkflowDocument } from './schema';

/** Where a new workflow runs: nothing costs anything until the person chooses otherwise. */
export const freeRoutes = {
  generate: 'sandbox/picture',
  edit: 'sandbox/picture',
  upscale: 'local/lanczos',
  'train-lora': 'sandbox/picture',
} as const;

/** An empty workflow. `id` is a fresh unguessable text: receipts and history refer to it. */
export function createDocument(id: string, title = 'Untitled'): WorkflowDocument {
  return { seedloom: documentFormat, id, title, routes: { ...freeRoutes }, nodes: {}, edges: [], layout: {} };
}
