import type { Words } from '../words';
import { arrange } from './arrange';
import { background } from './background';
import { choice } from './choice';
import { files } from './files';
import { find } from './find';
import { form } from './form';
import { gallery } from './gallery';
import { guide } from './guide';
import { plan } from './plan';
import { rehearsal } from './rehearsal';
import { settings } from './settings';
import { shortcuts } from './shortcuts';
import { subgraphs } from './subgraphs';
import { tabs } from './tabs';
import { wires } from './wires';

export const de: Words = {
  arrange,
  background,
  choice,
  files,
  find,
  form,
  gallery,
  guide,
  plan,
  rehearsal,
  settings,
  shortcuts,
  subgraphs,
  tabs,
  wires,
};
