import { icons } from 'lucide-react';
import { expect, it } from 'vitest';
import { iconExportName } from '../../../../renderer/look/icon-name';

it.each(['image', 'image-plus', 'grid-2x2', 'arrow-down-0-1', 'a-large-small', 'wand-sparkles'])(
  'finds %s among Lucide’s',
  (name) => expect(icons).toHaveProperty(iconExportName(name)),
);
