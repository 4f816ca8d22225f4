import { FailureError, failureOf, type Failure } from '#core/failure';
import type { RemotePicture, RemoteResult } from '#core/provider';
import type { ImageRef } from '#core/values';
import type { EngineTools } from './provider-tools';

type CollectTools = Pick<EngineTools, 'download' | 'pictures' | 'remember'>;

export interface Collected {
  pictures: ImageRef[];
  /** Why others did not come. */
  failures: Failure[];
}

/** Brings the pictures of a result home: downloaded, checked, stored. What arrives is kept whatever happens to the rest. */
export async function collectPictures(result: RemoteResult, tools: CollectTools): Promise<Collected> {
  const pictures: ImageRef[] = [];
  const failures: Failure[] = [];
  for (const picture of result.pictures) {
    try {
      pictures.push(await collectPicture(picture, tools));
    } catch (error) {
      const failure = failureOf(error);
      // The vendor made it and charged for it, whatever happens to it on its way here.
      failures.push(picture.from === 'nowhere' ? failure : { ...failure, charge: 'certain' });
    }
  }
  return { pictures, failures };
}

/** One of them; throws a `FailureError` where there is none. */
export async function collectPicture(picture: RemotePicture, tools: CollectTools): Promise<ImageRef> {
  switch (picture.from) {
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
