import type { StoredFile } from './fake-comfyui-files';
import type { Graph } from './fake-comfyui-graph';

/** How ComfyUI shows its jobs: queue items, history entries, and the newer /api/jobs. */

export interface ComfyuiJob {
  number: number;
  id: string;
  graph: Graph;
  extraData: Record<string, unknown>;
  /** The output nodes that are run. */
  outputs: string[];
  clientId: string | undefined;
  /** Faults. */
  failure: string | undefined;
  limit: number;
  /** While it runs. */
  currentNode: string | undefined;
  startedAt: number | undefined;
  ended: 'no' | 'interrupted' | 'forgotten';
}

export type HistoryMessage = [type: string, data: Record<string, unknown>];

/** What an output node gives to see. */
export interface Shown {
  images?: StoredFile[];
  text?: string[];
}

export interface HistoryEntry {
  prompt: unknown[];
  outputs: Record<string, Shown>;
  status: { status_str: 'success' | 'error'; completed: boolean; messages: HistoryMessage[] };
  meta: Record<string, unknown>;
}

const sensitive = ['auth_token_comfy_org', 'api_key_comfy_org'];

function withoutSecrets(extraData: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(extraData).filter(([key]) => !sensitive.includes(key)));
}

export function queueItem(job: ComfyuiJob): unknown[] {
  return [job.number, job.id, job.graph, withoutSecrets(job.extraData), job.outputs];
}

export function nodeMeta(id: string): Record<string, unknown> {
  return { node_id: id, display_node: id, parent_node: null, real_node_id: id };
}

function workflowId(extraData: Record<string, unknown>): unknown {
  const info = extraData['extra_pnginfo'] as { workflow?: { id?: unknown } } | undefined;
  return info?.workflow?.id;
}

function pruned(job: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(job).filter(([, value]) => value !== null && value !== undefined));
}

export function waitingJob(job: ComfyuiJob, status: 'pending' | 'in_progress'): Record<string, unknown> {
  return pruned({
    id: job.id,
    status,
    priority: job.number,
    create_time: job.extraData['create_time'],
    execution_start_time: job.startedAt,
    outputs_count: 0,
    workflow_id: workflowId(job.extraData),
  });
}

/** `interruptedAs`: 0.8 calls an interrupted job failed, newer versions cancelled. */
export function finishedJob(
  entry: HistoryEntry,
  interruptedAs: 'failed' | 'cancelled',
  whole: boolean,
): Record<string, unknown> {
  const [number, id, prompt, extraData] = entry.prompt as [number, string, Graph, Record<string, unknown>];
  const data = (type: string) => entry.status.messages.find(([name]) => name === type)?.[1];
  const interrupted = data('execution_interrupted');
  const failed = data('execution_error');
  const end = data('execution_success') ?? interrupted ?? failed;
  const images = Object.entries(entry.outputs).flatMap(([nodeId, output]) =>
    (output.images ?? []).map((image) => ({ ...image, nodeId, mediaType: 'images' })),
  );
  return pruned({
    id,
    status: entry.status.completed ? 'completed' : interrupted ? interruptedAs : 'failed',
    priority: number,
    create_time: extraData['create_time'],
    execution_start_time: data('execution_start')?.['timestamp'],
    execution_end_time: end?.['timestamp'],
    execution_error: failed,
    outputs_count: images.length,
    preview_output: images[0],
    workflow_id: workflowId(extraData),
    ...(whole
      ? {
          outputs: entry.outputs,
          execution_status: entry.status,
          workflow: { prompt, extra_data: extraData },
        }
      : {}),
  });
}
