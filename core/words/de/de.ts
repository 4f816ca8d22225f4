import type { Words } from '../words';
import { arrange } from './arrange';
import { find } from './find';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';

export const de: Words = { arrange, find, guide, settings, shortcuts };
