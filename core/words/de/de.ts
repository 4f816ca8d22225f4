import type { Words } from '../words';
import { settings } from './settings';

export const de: Words = { settings };
