/** All of Lucide in a chunk of its own: node definitions may name any icon. */
export { icons } from 'lucide-react';
