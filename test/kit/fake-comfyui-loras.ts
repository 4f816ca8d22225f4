import sharp from 'sharp';
import { inputSpecs, type ObjectInfo } from './fake-comfyui-graph';
import { bytesAnswer, emptyAnswer, jsonAnswer, type Answer } from './fake-vendor-server';

/** A LoRA file on the fake server's disk. */
export interface FakeLora {
  /** Below models/loras, with its folders. */
  name: string;
  /** Its header's `__metadata__`; a file without has none. */
  metadata?: Readonly<Record<string, string>>;
  bytes?: number;
  /** Seconds since 1970, with fractions, as the server tells them. */
  modified?: number;
  /** A picture file beside it. */
  preview?: Buffer;
}

/** Puts these in the place of the LoRAs that the classes list. */
export function setLoras(classes: ObjectInfo, loras: readonly FakeLora[]): void {
  for (const name of ['LoraLoader', 'LoraLoaderModelOnly']) {
    const spec = classes[name] && inputSpecs(classes[name]).find((one) => one.name === 'lora_name');
    spec?.choices?.splice(0, spec.choices.length, ...loras.map((lora) => lora.name));
  }
}

/** `/experiment/models/loras`, as app/model_manager.py of ComfyUI 0.8 answers. */
export function listLoras(loras: readonly FakeLora[]): Answer {
  return jsonAnswer(
    200,
    loras.map(({ name, bytes = 151_000_000, modified = 1_763_700_000.25 }) => ({
      name,
      pathIndex: 0,
      modified,
      created: modified,
      size: bytes,
    })),
  );
}

/** `/view_metadata/loras?filename=`: 404 for a file without metadata, one that is not there, or no safetensors. */
export function loraMetadata(loras: readonly FakeLora[], filename: string | undefined): Answer {
  const found = loras.find(({ name }) => name === filename);
  if (found?.metadata === undefined || !found.name.endsWith('.safetensors')) return emptyAnswer(404);
  return jsonAnswer(200, found.metadata);
}

/** `/experiment/models/preview/loras/0/NAME`: whatever the picture beside the file is, as WebP. */
export async function loraPreview(
  loras: readonly FakeLora[],
  [folder = '', ...path]: readonly string[],
): Promise<Answer> {
  const found = loras.find(({ name }) => name === path.join('/'));
  if (folder !== '0' || found?.preview === undefined) return emptyAnswer(404);
  return bytesAnswer(200, await sharp(found.preview).webp().toBuffer(), 'image/webp');
}
