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

/** English: what every other language has to have. A room of the window is a file. */
export const en = { arrange, background, files, find, gallery, guide, settings, shortcuts, tabs, wires };
