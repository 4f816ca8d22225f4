import type { Words } from '../words';
import { find } from './find';
import { guide } from './guide';
import { files } from './files';
import { settings } from './settings';
import { shortcuts } from './shortcuts';

export const de: Words = { files, find, guide, settings, shortcuts };
