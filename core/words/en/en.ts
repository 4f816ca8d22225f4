import { find } from './find';
import { guide } from './guide';
import { files } from './files';
import { settings } from './settings';
import { shortcuts } from './shortcuts';

/** English: what every other language has to have. A room of the window is a file. */
export const en = { files, find, guide, settings, shortcuts };
