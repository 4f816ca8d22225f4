import type { Words } from '../words';
import { find } from './find';
import { guide } from './guide';
import { form } from './form';
import { plan } from './plan';
import { rehearsal } from './rehearsal';
import { settings } from './settings';
import { shortcuts } from './shortcuts';

export const de: Words = { find, form, guide, plan, rehearsal, settings, shortcuts };
