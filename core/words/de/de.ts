import type { Words } from '../words';
import { find } from './find';
import { settings } from './settings';
import { shortcuts } from './shortcuts';

export const de: Words = { find, settings, shortcuts };
