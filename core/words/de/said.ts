import type { Sentences } from '../sentences';
import { comfyui } from './said/comfyui';
import { documents } from './said/documents';
import { files } from './said/files';
import { pieces } from './said/pieces';
import { plan } from './said/plan';
import { pods } from './said/pods';
import { prices } from './said/prices';
import { program } from './said/program';
import { recipes } from './said/recipes';
import { runs } from './said/runs';
import { services } from './said/services';
import { vendors } from './said/vendors';

/** What core, engine, providers and the program say of their own in English, in German. */
export const said: Sentences = {
  ...documents,
  ...plan,
  ...files,
  ...runs,
  ...pods,
  ...vendors,
  ...services,
  ...comfyui,
  ...recipes,
  ...prices,
  ...program,
  ...pieces,
};
