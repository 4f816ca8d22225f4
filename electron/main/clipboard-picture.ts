import { ClipboardItem, clipboard, nativeImage, type NativeImage } from 'electron';

/** The clipboard as Electron had it before its interface became that of the web; 25 has only this one. */
interface EarlierClipboard {
  readImage?(): NativeImage;
  writeImage?(image: NativeImage): void;
}

const earlier = clipboard as unknown as EarlierClipboard;
const png = 'image/png';

/** The clipboard's picture as PNG; `undefined` when there is none. */
export async function readClipboardPng(): Promise<Uint8Array | undefined> {
  if (earlier.readImage !== undefined) {
    const image = earlier.readImage();
    return image.isEmpty() ? undefined : image.toPNG();
  }
  for (const item of await clipboard.read()) {
    if (!item.types.includes(png)) continue;
    const blob = await item.getType(png);
    return new Uint8Array(await blob.arrayBuffer());
  }
  return undefined;
}

export async function writeClipboardPng(bytes: Uint8Array): Promise<void> {
  if (earlier.writeImage !== undefined) {
    earlier.writeImage(nativeImage.createFromBuffer(Buffer.from(bytes)));
    return;
  }
  await clipboard.write([new ClipboardItem({ [png]: new Blob([new Uint8Array(bytes)], { type: png }) })]);
}
