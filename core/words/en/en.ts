import { arrange } from './arrange';
import { background } from './background';
import { choice } from './choice';
import { find } from './find';
import { guide } from './guide';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { subgraphs } from './subgraphs';
import { tabs } from './tabs';
import { wires } from './wires';

/** English: what every other language has to have. A room of the window is a file. */
export const en = { arrange, background, choice, find, guide, settings, shortcuts, subgraphs, tabs, wires };
