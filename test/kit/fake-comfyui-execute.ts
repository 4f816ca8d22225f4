import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { drawPicture } from './draw-picture';
import { isLink, type Graph, type GraphNode, type NodeClass } from './fake-comfyui-graph';
import { withTexts, type ComfyuiFiles, type StoredFile } from './fake-comfyui-files';
import type { Shown } from './fake-comfyui-jobs';
import { alphaMask, withMasks } from './fake-comfyui-masks';
import { executeTraining, type TrainingValue } from './fake-comfyui-training';

/** What the fake's nodes do: nothing is computed but what is done with masks; pictures have the sizes the graph asks for. */

/** What travels along a link. */
export interface Value {
  type: string;
  width: number;
  height: number;
  frames: number;
  /** PNG, one a frame; only of types IMAGE and MASK. */
  pictures?: Buffer[];
  /** Of a latent: the picture it was encoded from, and the mask its noise is confined to. */
  under?: Buffer;
  noise?: Buffer;
  /** Of an upscale model. */
  factor?: number;
  /** What a training is told or gives. */
  training?: TrainingValue;
}

export interface Executed {
  values: Value[];
  /** What `executed` and the history show; undefined for nodes that show nothing. */
  shown: Shown | undefined;
}

export interface NodeToRun {
  node: GraphNode;
  nodeClass: NodeClass;
  /** Stands for everything the node depends on. */
  signature: string;
  /** The values at the node's links. */
  linked: Record<string, Value>;
  files: ComfyuiFiles;
  /** For the written PNGs. */
  texts: Record<string, unknown>;
  /** How many pictures an output node saves at most. */
  limit: number;
  stepsPerJob: number | undefined;
  /** Of a training, from its first step on; repeated. */
  losses: readonly number[];
  progress(value: number, max: number): Promise<void>;
  /** Called by output nodes; throws when the job is to fail and had no step to fail at. */
  beforeSaving(): void;
}

/** ComfyUI's cache key of a node: class, literals, and the keys of what it is linked to; never ids or titles. */
export function signatures(graph: Graph, files: ComfyuiFiles): (id: string) => string {
  const known = new Map<string, string>();
  const signature = (id: string): string => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const node = graph[id];
    const inputs = Object.entries(node?.inputs ?? {})
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, isLink(value) ? ['link', signature(value[0]), value[1]] : value]);
    const image =
      node?.class_type === 'LoadImage' ? files.loadImage(String(node.inputs['image'])) : undefined;
    const file = image ? createHash('sha256').update(image).digest('hex') : null;
    const made = createHash('sha256')
      .update(JSON.stringify([node?.class_type, inputs, file]))
      .digest('hex');
    known.set(id, made);
    return made;
  };
  return signature;
}

function resized(
  value: Value,
  width: number,
  height: number,
  fit: 'fill' | 'cover' = 'fill',
): Promise<Value> {
  const pictures = (value.pictures ?? []).map((picture) =>
    sharp(picture)
      .resize(Math.max(1, width), Math.max(1, height), { fit, kernel: 'nearest' })
      .png({ compressionLevel: 1 })
      .toBuffer(),
  );
  return Promise.all(pictures).then((made) => ({ ...value, width, height, pictures: made }));
}

const number = (node: GraphNode, name: string, otherwise: number) => {
  const value = node.inputs[name];
  return typeof value === 'number' ? value : otherwise;
};

async function scaled(run: NodeToRun, image: Value): Promise<Value | undefined> {
  const { node } = run;
  const { width, height } = image;
  switch (node.class_type) {
    case 'ImageScale': {
      const wide = number(node, 'width', 0);
      const high = number(node, 'height', 0);
      // 0 keeps the proportions.
      if (wide === 0 && high === 0) return image;
      return resized(
        image,
        wide || Math.round((width * high) / height),
        high || Math.round((height * wide) / width),
        node.inputs['crop'] === 'center' ? 'cover' : 'fill',
      );
    }
    case 'ImageScaleBy': {
      const factor = number(node, 'scale_by', 1);
      return resized(image, Math.round(width * factor), Math.round(height * factor));
    }
    case 'ImageScaleToTotalPixels': {
      const factor = Math.sqrt((number(node, 'megapixels', 1) * 1024 * 1024) / (width * height));
      const step = number(node, 'resolution_steps', 1);
      const side = (pixels: number) => Math.round((pixels * factor) / step) * step;
      return resized(image, side(width), side(height));
    }
    case 'ImageUpscaleWithModel': {
      const factor = run.linked['upscale_model']?.factor ?? 4;
      const tiles = Math.ceil(width / 512) * Math.ceil(height / 512);
      for (let tile = 1; tile <= tiles; tile += 1) await run.progress(tile, tiles);
      return resized(image, width * factor, height * factor);
    }
    default:
      return undefined;
  }
}

function fileOf(run: NodeToRun): Buffer {
  const bytes = run.files.loadImage(String(run.node.inputs['image']));
  if (!bytes) throw new Error('An image that passed validation is gone');
  return bytes;
}

async function loaded(run: NodeToRun): Promise<Value | undefined> {
  if (run.node.class_type !== 'LoadImage') return undefined;
  const picture = await sharp(fileOf(run)).removeAlpha().png({ compressionLevel: 1 }).toBuffer();
  const { width, height } = await sharp(picture).metadata();
  return { type: 'IMAGE', width, height, frames: 1, pictures: [picture] };
}

async function saved(run: NodeToRun, images: Value): Promise<Executed> {
  const files: StoredFile[] = [];
  const type = run.node.class_type === 'PreviewImage' ? 'temp' : 'output';
  for (const picture of (images.pictures ?? []).slice(0, run.limit)) {
    const prefix = String(run.node.inputs['filename_prefix'] ?? 'ComfyUI');
    files.push(run.files.save(prefix, type, withTexts(picture, run.texts)));
  }
  return { values: [], shown: { images: files } };
}

/** A picture a frame, of the size that came along the links or that the node itself names. */
async function made(run: NodeToRun, type: string, base: Value | undefined): Promise<Value> {
  const { node, linked } = run;
  const size = {
    width: number(node, 'width', base?.width ?? 512),
    height: number(node, 'height', base?.height ?? 512),
    frames: number(node, 'batch_size', base?.frames ?? 1),
  };
  if (type !== 'IMAGE') return { type, ...size };
  const same = Object.values(linked).find((value) => value.type === 'IMAGE');
  if (same) return same;
  const pictures: Buffer[] = [];
  for (let frame = 0; frame < size.frames; frame += 1) {
    pictures.push(await drawPicture({ ...size, from: `${run.signature} ${frame}` }));
  }
  return { type, ...size, pictures };
}

export async function executeNode(run: NodeToRun): Promise<Executed> {
  const { node, nodeClass, linked } = run;
  const values = Object.values(linked);
  const image = values.find((value) => value.type === 'IMAGE');
  const training = await executeTraining(run);
  if (training) return training;
  if (nodeClass.output_node) {
    run.beforeSaving();
    return image ? saved(run, image) : { values: [], shown: undefined };
  }
  if (typeof node.inputs['steps'] === 'number') {
    const steps = run.stepsPerJob ?? node.inputs['steps'];
    for (let step = 1; step <= steps; step += 1) await run.progress(step, steps);
  }
  const masked = await withMasks(run);
  if (masked !== undefined) return { values: masked, shown: undefined };
  const special = (await loaded(run)) ?? (image ? await scaled(run, image) : undefined);
  const base = values.find((value) => value.type === 'LATENT') ?? image;
  const factor = Number(/(\d+)x|x(\d+)/i.exec(String(node.inputs['model_name'] ?? ''))?.find(Number) ?? 4);
  const results: Value[] = [];
  for (const type of nodeClass.output) {
    if (type === 'UPSCALE_MODEL') results.push({ type, width: 0, height: 0, frames: 0, factor });
    else if (type === 'MASK' && node.class_type === 'LoadImage') results.push(await alphaMask(fileOf(run)));
    else if (special) results.push(type === 'IMAGE' ? special : { ...special, type });
    else results.push(await made(run, type, base));
  }
  return { values: results, shown: undefined };
}
