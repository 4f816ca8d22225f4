import type { Words } from '../words';
import { choice } from './choice';
import { find } from './find';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { tabs } from './tabs';

export const de: Words = { choice, find, guide, settings, shortcuts, tabs };
