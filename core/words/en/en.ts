import { arrange } from './arrange';
import { background } from './background';
import { cards } from './cards';
import { choice } from './choice';
import { commands } from './commands';
import { comparison } from './comparison';
import { costs } from './costs';
import { counts } from './counts';
import { cropping } from './cropping';
import { desktop } from './desktop';
import { fields } from './fields';
import { fileList } from './file-list';
import { files } from './files';
import { find } from './find';
import { form } from './form';
import { formats } from './formats';
import { frame } from './frame';
import { gallery } from './gallery';
import { guide } from './guide';
import { inspector } from './inspector';
import { install } from './install';
import { issues } from './issues';
import { look } from './look';
import { loras } from './loras';
import { move } from './move';
import { notes } from './notes';
import { painting } from './painting';
import { palette } from './palette';
import { plan } from './plan';
import { pods } from './pods';
import { prompts } from './prompts';
import { providers } from './providers';
import { queue } from './queue';
import { reasons } from './reasons';
import { receipts } from './receipts';
import { rehearsal } from './rehearsal';
import { routes } from './routes';
import { runs } from './runs';
import { settings } from './settings';
import { shelf } from './shelf';
import { shortcuts } from './shortcuts';
import { storage } from './storage';
import { subgraphs } from './subgraphs';
import { tabs } from './tabs';
import { takes } from './takes';
import { viewer } from './viewer';
import { why } from './why';
import { wires } from './wires';

/** English: what every other language has to have. A room of the window is a file. */
export const en = {
  arrange,
  background,
  cards,
  choice,
  commands,
  comparison,
  costs,
  counts,
  cropping,
  desktop,
  fields,
  fileList,
  files,
  find,
  form,
  formats,
  frame,
  gallery,
  guide,
  inspector,
  install,
  issues,
  look,
  loras,
  move,
  notes,
  painting,
  palette,
  plan,
  pods,
  prompts,
  providers,
  queue,
  reasons,
  receipts,
  rehearsal,
  routes,
  runs,
  settings,
  shelf,
  shortcuts,
  storage,
  subgraphs,
  tabs,
  takes,
  viewer,
  why,
  wires,
};
