import type { Words } from '../words';
import { find } from './find';
import { settings } from './settings';

export const de: Words = { find, settings };
