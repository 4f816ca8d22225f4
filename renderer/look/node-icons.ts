/** Lucide's icons by the name of their export. The build leaves in only those that a node definition names. */
export { icons } from 'lucide-react';
