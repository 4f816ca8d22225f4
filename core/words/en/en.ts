import { arrange } from './arrange';
import { find } from './find';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';

/** English: what every other language has to have. A room of the window is a file. */
export const en = { arrange, find, guide, settings, shortcuts };
