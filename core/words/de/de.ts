import type { Words } from '../words';
import { find } from './find';
import { gallery } from './gallery';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { tabs } from './tabs';

export const de: Words = { find, gallery, guide, settings, shortcuts, tabs };
