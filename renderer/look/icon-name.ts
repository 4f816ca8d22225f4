/** The name a Lucide icon is exported under: `image-plus` → `ImagePlus`, `grid-2x2` → `Grid2x2`. */
export function iconExportName(name: string): string {
  return name
    .split('-')
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}
