import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeTexts } from '#core/words/de/node-texts';
import { providerTexts } from '#core/words/de/provider-texts';
import { said } from '#core/words/de/said';
import { pieces } from '#core/words/de/said/pieces';
import { translator } from '#core/words/sentences';
import { translatedTo } from '#core/words/translated';
import { gap, saidTexts, sourcesIn, type SaidText } from '../../../kit/said-texts';

/** What no window shows, or what is the same in every language. */
const notTranslated: ReadonlySet<string> = new Set([
  // Drawn into a picture or written into its file.
  `Seedloom sandbox picture, not made by a model. Prompt: ${gap}`,
  `Seedloom sandbox picture, not made by a model. Painted anew within a mask. Prompt: ${gap}`,
  `Seedloom sandbox picture, not made by a model: enlarged ${gap} times with Lanczos.`,
  'Seedloom sandbox: a rehearsal, not trained by a model; it fits none',
  `${gap}: ${gap} pictures on one sheet, by Seedloom.`,
  `seed ${gap}`,
  `strength ${gap}`,
  `${gap} of ${gap}`,
  `subject ${gap}`,
  `${gap} transform="rotate(${gap} ${gap} ${gap})"`,
  // Names of files, of programs and of models.
  `Picture ${gap}`,
  'Pasted picture.png',
  'Seedloom engine',
  'FLUX.1 Fill dev',
  'FLUX.1 Kontext dev',
  // For machines.
  `Bearer ${gap}`,
  `Basic ${gap}`,
  `Key ${gap}`,
  `exec ${gap}`,
  'bad port',
  'text/html; charset=utf-8',
  'text/javascript; charset=utf-8',
  'text/css; charset=utf-8',
  'public, max-age=31536000, immutable',
  // The window has words of its own for these (`words.compare`, `words.pods`): these are the terminal's.
  'The workflow',
  'Wait a while and start it again.',
  'Terminate it and create a new one, with a network volume so that files stay.',
  'See what is there: seedloom pods gpus',
  'Top up: https://console.runpod.io/user/billing',
  'Keys: https://console.runpod.io/user/settings; set SEEDLOOM_RUNPOD_KEY.',
  'See your pods: seedloom pods',
  'Unlock it: https://console.runpod.io/pods',
  'Stop it when you are done: seedloom pods stop ID',
  // Lines of a program's version.
  `${gap}\nElectron ${gap}, Chromium ${gap}, Node ${gap}`,
  `exit code ${gap}`,
]);

const examples: ReadonlySet<string> = new Set([
  'Put it on a wet black stone at night. Keep the label as it is.',
]);
/** Prompts that stand in empty fields as examples, and words to find a node by. */
const isOfANode = ({ file, text }: SaidText) =>
  file.startsWith('nodes/') && (!text.endsWith('.') || examples.has(text)) && !text.includes(gap);
const isProgram = ({ text }: SaidText) => /=>|nohup/.test(text);

const plain = (english: string) => english.replaceAll(/\{[a-z]\w*\}/gi, gap).trim();
const known: ReadonlySet<string> = new Set([
  ...[said, nodeTexts, providerTexts].flatMap((texts) => Object.keys(texts)),
  ...Object.keys(said).map(plain),
  ...notTranslated,
]);

/** Those without German words. */
function untranslated(texts: readonly SaidText[]): string[] {
  return texts
    .filter(
      (text) => !known.has(text.text) && !known.has(text.text.trim()) && !isOfANode(text) && !isProgram(text),
    )
    .map(({ file, text }) => `${file}: ${text.replaceAll(gap, '{}')}`);
}

const sources = sourcesIn(['core', 'engine', 'providers', 'nodes', 'electron']).filter(
  ({ file }) => !file.startsWith('core/words/'),
);
const texts = sources.flatMap(({ file, source }) => saidTexts(file, source));

describe('what core, engine, providers and the program say', () => {
  it('has German words, failures of every code among it', () => expect(untranslated(texts)).toEqual([]));
  it('would be found if it had none', () => {
    const source = `
      import { userFailure } from 'some failure module';
      export const first = userFailure('no-tea', 'There is no tea in the house. ' + \`Buy \${kind} tea.\`);
      export const second = { code: 'no-cups', act: 'user', charge: 'none', message: \`\${count} cups are missing.\` };
      throw new Error('this is read by developers');`;
    expect(untranslated(saidTexts('engine/tea.ts', source))).toEqual([
      'engine/tea.ts: There is no tea in the house. Buy {} tea.',
      'engine/tea.ts: {} cups are missing.',
    ]);
  });
  it('is all that has German words', () => {
    const there = new Set(texts.map(({ text }) => text.trim()));
    const ofOurs = Object.keys(said).filter((english) => !Object.hasOwn(pieces, english));
    const isThere = (english: string) => there.has(english) || there.has(plain(english));
    expect([...ofOurs, ...notTranslated].filter((english) => !isThere(english))).toEqual([]);
  });
  it('has no gap in German that the English does not have', () => {
    const gapsOf = (text: string, sign: RegExp) => [...text.matchAll(sign)].map(([, name]) => name);
    const wrong = Object.entries(said).filter(([english, german]) => {
      const there = new Set(gapsOf(english, /\{([a-z]\w*)\}/gi));
      return gapsOf(german, /\{[~,]?([a-z]\w*)\}/gi).some((name) => !there.has(name));
    });
    expect(wrong).toEqual([]);
  });
});

describe('translatedTo', () => {
  it.each([
    [
      '"Picture" needs a wire: connect something that gives image.',
      '„Bild“ braucht eine Leitung: etwas verbinden, das ein Bild gibt.',
    ],
    [
      'Could not write a picture to the data folder: the disk is full. Free some space and run again.',
      'Im Datenordner ließ sich ein Bild nicht schreiben: die Platte ist voll. Platz schaffen und noch einmal ausführen.',
    ],
    [
      'Pictures are scaled and cropped for the training: 3 to 512 × 512, 2 to 640 × 448. 1 is smaller than that and is enlarged.',
      'Bilder werden zum Training skaliert und zugeschnitten: 3 auf 512 × 512, 2 auf 640 × 448. 1 ist kleiner und wird vergrößert.',
    ],
    ['Pictures: Too small: expected number to be >=1.', 'Bilder: zu klein, mindestens 1.'],
  ])('puts together what was put together: %s', (english, german) => {
    expect(translatedTo('de', english)).toBe(german);
  });
  it('leaves the words of a service as they came', () => {
    expect(translatedTo('de', 'fal refused the request. It said: no image. Try again, and not a mask.')).toBe(
      'fal hat die Anfrage abgelehnt. Seine Worte: no image. Try again, and not a mask.',
    );
  });
  it('says each sentence that is known among those that are not', () => {
    expect(translatedTo('de', 'Something of old. Lower the threshold. Nobody knows this.')).toBe(
      'Something of old. Die Schwelle senken. Nobody knows this.',
    );
  });
  it('leaves everything in English in English, and what nobody knows in any language', () => {
    fc.assert(fc.property(fc.string(), (text) => translatedTo('en', text) === text));
    expect(translatedTo('de', 'A sentence of a journal from long ago')).toBe(
      'A sentence of a journal from long ago',
    );
    expect(translatedTo('de', 'constructor')).toBe('constructor');
  });
});

describe('translator', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9$&.,: -]{1,20}$/);
  it('puts every value where it belongs, whatever is in it', () => {
    const translate = translator([], { 'From <{from}> to <{to}> of {kind}!': '{kind}: <{to}> ← <{from}>' });
    fc.assert(
      fc.property(
        word,
        word,
        word,
        (from, to, kind) =>
          translate(`From <${from}> to <${to}> of ${kind}!`) === `${kind}: <${to}> ← <${from}>`,
      ),
    );
  });
  it('takes the sentence with the most text of its own', () => {
    const translate = translator([], { '{all}.': 'alles {all}', 'A {kind} is full.': 'voll: {kind}' });
    expect(translate('A disk is full.')).toBe('voll: disk');
    expect(translate('A disk.')).toBe('alles A disk');
  });
  it('ends on a long text that nearly fits many times', () => {
    const translate = translator([], { 'a {one} a {two} a {three} a {four}!': 'no' });
    const text = 'a '.repeat(20_000);
    expect(translate(text)).toBe(text);
  });
});
