import type { Words } from '../words';
import { find } from './find';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { subgraphs } from './subgraphs';
import { tabs } from './tabs';

export const de: Words = { find, guide, settings, shortcuts, subgraphs, tabs };
