import { chanceFrom } from './sandbox-chance';
import { Drawing } from './sandbox-drawing';
import { paletteOf } from './sandbox-palette';
import { portrait, stillLife } from './sandbox-figures';
import { arches, contours, hills, ribbons, tide, type Scene } from './sandbox-scenes';
import { orbs, petals } from './sandbox-subjects';

type Painter = (scene: Scene) => void;

const subjects: readonly [words: RegExp, painter: Painter][] = [
  [/portrait|wom[ae]n|m[ae]n\b|girl|boy|person|people|face|character|astronaut|knight|she\b|he\b/, portrait],
  [/bottle|product|vase|perfume|packshot|mug|cup|drink|wine|can\b|jar/, stillLife],
  [/flower|rose|petal|blossom|garden|bouquet|lotus|sunflower/, petals],
  [/mountain|hill|landscape|valley|forest|desert|sunset|sunrise|horizon|meadow|dune|fox|deer/, hills],
  [/sea|ocean|wave|wind|silk|river|water|fabric|smoke/, ribbons],
  [/planet|space|galaxy|bubble|sphere|ball|orb|molecule/, orbs],
  [/city|street|building|house|architecture|interior|room|tower|castle|door/, arches],
  [/map|island|paper|cave|coral|canyon|topograph/, contours],
];
const anySubject: readonly Painter[] = [ribbons, orbs, contours, arches, hills, petals];

function painterFor(prompt: string): Painter {
  const words = prompt.toLowerCase();
  const found = subjects.find(([sign]) => new RegExp(`\\b(?:${sign.source})`).test(words));
  return found?.[1] ?? chanceFrom(`subject ${words}`).pick(anySubject);
}

/** What a drawing is for: the prompt chooses subject and colours, `variation` everything else. */
interface Motif {
  prompt: string;
  variation: string;
}

/** The whole picture, and the upper part of it in which the subject has its place. */
interface Frame {
  width: number;
  height: number;
  artHeight: number;
}

function sceneOf({ prompt, variation }: Motif, { width, height, artHeight }: Frame): Scene {
  const drawing = new Drawing(width, height);
  return { drawing, chance: chanceFrom(variation), palette: paletteOf(prompt), width, height: artHeight };
}

/** A drawing after the words of a prompt, as SVG without text. */
export function artFor(motif: Motif, frame: Frame): string {
  const scene = sceneOf(motif, frame);
  painterFor(motif.prompt)(scene);
  return scene.drawing.svg();
}

/** What shows through an edited picture: the prompt's colours alone. */
export function washFor(motif: Motif, frame: Frame): string {
  const { drawing, palette } = sceneOf(motif, frame);
  const [top, , bottom] = palette.sky;
  drawing.backdrop(
    drawing.linear([
      [0, top],
      [1, palette.tone === 'night' ? bottom : palette.ramp(0.7)],
    ]),
  );
  return drawing.svg();
}

/** What rises over an edited picture, the higher the stronger the edit (0 to 1). */
export function tideFor(motif: Motif, frame: Frame, strength: number): string {
  const scene = sceneOf(motif, frame);
  tide(scene, strength * 0.92);
  return scene.drawing.svg();
}
