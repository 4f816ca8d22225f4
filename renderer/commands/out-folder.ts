import { ask } from './bridge';
import { changeSettings } from './settings';

/** Asks where pictures are saved when a Save node names no folder. */
export async function chooseOutFolder(): Promise<void> {
  // Without a workflow's place the folder comes as it is, not relative to a file.
  const chosen = await ask('picture.chooseFolder', { path: null });
  if (chosen) await changeSettings({ outFolder: chosen.path });
}
