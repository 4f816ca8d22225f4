import { FailureError, failureOf, type Failure } from '#core/failure';
import type { RemotePicture, RemoteResult } from '#core/provider';
import { isLoraRef, type ImageRef, type LoraRef } from '#core/values';
import type { EngineTools } from './provider-tools';

type CollectTools = Pick<EngineTools, 'download' | 'pictures' | 'remember' | 'storeLora'>;

export interface Collected {
  /** In their order; a training gives its LoRA, then samples. */
  made: (ImageRef | LoraRef)[];
  /** Why others did not come. */
  failures: Failure[];
}

/** Brings what a result is home: downloaded, checked, stored. What arrives is kept whatever happens to the rest. */
export async function collectResult(result: RemoteResult, tools: CollectTools): Promise<Collected> {
  const made: Collected['made'] = [];
  const failures: Failure[] = [];
  for (const picture of result.pictures) {
    try {
      made.push(
        picture.from === 'training'
          ? await collectLora(picture, tools)
          : await collectPicture(picture, tools),
      );
    } catch (error) {
      const failure = failureOf(error);
      // The vendor made it and charged for it, whatever happens to it on its way here.
      failures.push(picture.from === 'nowhere' ? failure : { ...failure, charge: 'certain' });
    }
  }
  // Samples are nothing without their LoRA.
  const isWhole = result.pictures.every(({ from }) => from !== 'training') || made.some(isLoraRef);
  return { made: isWhole ? made : [], failures };
}

/** One of them; throws a `FailureError` where there is none. */
export async function collectPicture(picture: RemotePicture, tools: CollectTools): Promise<ImageRef> {
  switch (picture.from) {
    case 'training':
      throw new Error('a training gives no picture');
    case 'store':
      return picture.image;
    case 'bytes':
      return tools.pictures.store(picture.bytes);
    case 'nowhere':
      throw new FailureError(picture.failure);
    case 'url': {
      const answer = await tools.download(picture.request);
      const image = await tools.pictures.store(answer.bytes);
      if (picture.again !== undefined) await tools.remember(image.hash, picture.again);
      return image;
    }
  }
}

async function collectLora(
  { lora, file }: Extract<RemotePicture, { from: 'training' }>,
  tools: CollectTools,
): Promise<LoraRef> {
  const bytes = file instanceof Uint8Array ? file : (await tools.download(file)).bytes;
  return { ...lora, strength: 1, file: await tools.storeLora(bytes) };
}
