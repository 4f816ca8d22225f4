import { find } from './find';
import { gallery } from './gallery';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { tabs } from './tabs';

/** English: what every other language has to have. A room of the window is a file. */
export const en = { find, gallery, guide, settings, shortcuts, tabs };
