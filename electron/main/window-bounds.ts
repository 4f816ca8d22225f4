import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './json-file';

/** Pixels of the desktop. */
interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const boundsSchema = z.strictObject({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
  maximized: z.boolean(),
});
type WindowBounds = z.infer<typeof boundsSchema>;

export const leastSize = { width: 900, height: 600 };
const initialSize = { width: 1400, height: 900 };

const fileOf = (dataFolder: string) => join(dataFolder, 'window.json');

export async function readBounds(dataFolder: string): Promise<WindowBounds | undefined> {
  const content = await readJsonFile(fileOf(dataFolder), boundsSchema);
  return content.state === 'read' ? content.value : undefined;
}

export async function writeBounds(dataFolder: string, bounds: WindowBounds): Promise<void> {
  await writeJsonFile(fileOf(dataFolder), bounds);
}

/** Where the window opens: where it was, unless too little of it would be on a screen to take hold of. */
export function placeWindow(
  remembered: WindowBounds | undefined,
  screens: readonly Rectangle[],
): { width: number; height: number; x?: number; y?: number } {
  if (remembered === undefined) return initialSize;
  const { x, y } = remembered;
  const width = Math.max(remembered.width, leastSize.width);
  const height = Math.max(remembered.height, leastSize.height);
  const isReachable = screens.some((screen) => {
    const visibleWidth = Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x);
    const isTitleVisible = y >= screen.y - 8 && y < screen.y + screen.height - 32;
    return visibleWidth >= 120 && isTitleVisible;
  });
  return isReachable ? { x, y, width, height } : { width, height };
}
