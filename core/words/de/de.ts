import type { Words } from '../words';
import { arrange } from './arrange';
import { background } from './background';
import { files } from './files';
import { find } from './find';
import { gallery } from './gallery';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { tabs } from './tabs';
import { wires } from './wires';

export const de: Words = {
  arrange,
  background,
  files,
  find,
  gallery,
  guide,
  settings,
  shortcuts,
  tabs,
  wires,
};
