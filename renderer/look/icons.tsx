import { Box, type LucideProps } from 'lucide-react';
import { iconExportName } from './icon-name';
import { icons } from './node-icons';

export interface NodeIconProps extends Omit<LucideProps, 'name' | 'ref'> {
  /** A Lucide icon's name in kebab-case, as node definitions give it. A name Lucide does not have shows a plain box. */
  name: string;
}

/** An icon named by a node definition. The editor's own icons are imported from lucide-react directly. */
export function NodeIcon({ name, size = 16, strokeWidth = 1.75, ...rest }: NodeIconProps) {
  const Icon = icons[iconExportName(name) as keyof typeof icons] ?? Box;
  return <Icon size={size} strokeWidth={strokeWidth} aria-hidden="true" {...rest} />;
}
