import type { DragStarter } from './drag-out';

/** The part of a `NativeImage` that is used. */
export interface DragImage<I> {
  isEmpty(): boolean;
  getSize(): { width: number; height: number };
  resize(size: { width: number; height: number }): I;
}

/** The part of Electron's `nativeImage` that is used. */
export interface DragImages<I> {
  createFromBuffer(png: Buffer): I;
  createFromBitmap(bgra: Buffer, size: { width: number; height: number }): I;
}

/** Pixels of the longer side: a panorama would cover what it is dropped on. */
const mostSide = 96;

/**
 * Begins the system's own drag at a window. Electron refuses one without a picture at the pointer, so a picture it cannot read is
 * a plain square there.
 */
export function createDragStarter<I extends DragImage<I>>(
  images: DragImages<I>,
  contents: () => { startDrag(item: { file: string; files: string[]; icon: I }): void } | undefined,
): DragStarter {
  function square(): I {
    const side = 32;
    return images.createFromBitmap(Buffer.alloc(side * side * 4, 0xa0), { width: side, height: side });
  }

  function iconOf(png: Uint8Array): I {
    const whole = images.createFromBuffer(Buffer.from(png));
    if (whole.isEmpty()) return square();
    const { width, height } = whole.getSize();
    const scale = Math.min(1, mostSide / Math.max(width, height));
    const small = whole.resize({
      width: Math.max(1, Math.round(width * scale)),
      height: Math.max(1, Math.round(height * scale)),
    });
    return small.isEmpty() ? square() : small;
  }

  return {
    start(files, png) {
      const [file] = files;
      if (file !== undefined) contents()?.startDrag({ file, files: [...files], icon: iconOf(png) });
    },
  };
}
