import type { Words } from '../words';
import { arrange } from './arrange';
import { background } from './background';
import { choice } from './choice';
import { find } from './find';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { subgraphs } from './subgraphs';
import { tabs } from './tabs';
import { wires } from './wires';

export const de: Words = {
  arrange,
  background,
  choice,
  find,
  guide,
  settings,
  shortcuts,
  subgraphs,
  tabs,
  wires,
};
