import { useEffect, useState } from 'react';
import { pictureAddress } from '#core/ipc';
import type { Size } from '#core/values';
import { percent } from '../look/format';
import { words } from '../look/words';
import type { ComparedPicture } from '../stores/gallery-state';
import { pixelDifference, type PixelDifference } from './compare-maths';

const said = words.gallery.compare;

/** The longer edge at which pixels are counted. */
const countedEdge = 1024;

async function pixelsOf(hash: string, size: Size): Promise<Uint8ClampedArray> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = pictureAddress(hash);
  await image.decode();
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this computer draws no canvas');
  context.drawImage(image, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height).data;
}

/** The difference in words: what is hardly seen is said. */
export function Difference({ pictures }: { pictures: readonly ComparedPicture[] }) {
  const [left, right] = [pictures[0]!.image, pictures[1]!.image];
  const [found, setFound] = useState<PixelDifference | null>(null);
  useEffect(() => {
    let isHere = true;
    const look = async () => {
      const scale = Math.min(1, countedEdge / Math.max(left.width, left.height));
      const size = {
        width: Math.max(1, Math.round(left.width * scale)),
        height: Math.max(1, Math.round(left.height * scale)),
      };
      try {
        const [one, two] = await Promise.all([pixelsOf(left.hash, size), pixelsOf(right.hash, size)]);
        if (isHere) setFound(pixelDifference(one, two));
      } catch {
        // A picture that is gone says so in its own place.
        if (isHere) setFound(null);
      }
    };
    void look();
    return () => {
      isHere = false;
    };
  }, [left.hash, left.width, left.height, right.hash]);
  if (found === null) return null;
  const isOtherSize = left.width !== right.width || left.height !== right.height;
  return (
    <output className="value soft">
      {isOtherSize ? `${said.otherSize} ` : ''}
      {found.share === 0 ? said.same : said.differs(percent(found.share), percent(found.most))}
    </output>
  );
}
