import { find } from './find';
import { guide } from './guide';
import { form } from './form';
import { plan } from './plan';
import { rehearsal } from './rehearsal';
import { settings } from './settings';
import { shortcuts } from './shortcuts';

/** English: what every other language has to have. A room of the window is a file. */
export const en = { find, form, guide, plan, rehearsal, settings, shortcuts };
