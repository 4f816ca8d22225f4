import { Box, type LucideProps } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { iconExportName } from './icon-name';

// Begun as soon as the window's code runs, beside the first question to the main process: there before the first card.
const loading = import('./every-icon');
type Icons = Awaited<typeof loading>['icons'];

let icons: Icons | undefined;
const listeners = new Set<() => void>();

async function takeIcons(): Promise<void> {
  icons = (await loading).icons;
  for (const listener of listeners) listener();
}
void takeIcons();

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface NodeIconProps extends Omit<LucideProps, 'name' | 'ref'> {
  /** A Lucide icon's name in kebab-case, as node definitions give it. A name Lucide does not have shows a plain box. */
  name: string;
}

/** An icon named by a node definition. The editor's own icons are imported from lucide-react directly. */
export function NodeIcon({ name, size = 16, strokeWidth = 1.75, ...rest }: NodeIconProps) {
  const all = useSyncExternalStore(listen, () => icons);
  if (all === undefined) return <svg width={size} height={size} aria-hidden="true" />;
  const Icon = all[iconExportName(name) as keyof Icons] ?? Box;
  return <Icon size={size} strokeWidth={strokeWidth} aria-hidden="true" {...rest} />;
}
