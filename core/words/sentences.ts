/**
 * Sentences of another language by their English. A name in braces is a gap: what stood there in the text is put in as it is
 * (`{name}`: names, numbers, a service's own words) or, in the other language with a tilde, translated itself (`{~reason}`),
 * with a comma, each of a list (`{,parts}`). Braces around anything else are text.
 */
export type Sentences = Readonly<Record<string, string>>;

interface Sentence {
  /** The text between the gaps; one more than there are gaps. */
  fixed: string[];
  gaps: string[];
  other: string;
}

const gapInEnglish = /\{([a-z]\w*)\}/i;
const gapInOther = /\{([~,]?)([a-z]\w*)\}/gi;

/** A text as it is known in another language, with a way to translate what is in its gaps. */
export type Translate = (text: string) => string;

/**
 * Translates texts that were written in English somewhere else: found as a whole, else by the sentence with gaps that has
 * the most text of its own, else sentence by sentence. What is not known stays as it came.
 */
export function translator(whole: Translations, sentences: Sentences): Translate {
  const known = new Map<string, string>();
  let withGaps: Sentence[] | undefined;

  function found(text: string): string | undefined {
    for (const texts of [sentences, ...whole]) if (Object.hasOwn(texts, text)) return texts[text];
    withGaps ??= readSentences(sentences);
    for (const { fixed, gaps, other } of withGaps) {
      const values = valuesIn(text, fixed);
      if (values === undefined) continue;
      const valueOf = (name: string) => values[gaps.indexOf(name)] ?? '';
      const now = other.replaceAll(gapInOther, (_all, sign: string, name: string) => {
        if (sign === '') return valueOf(name);
        return sign === '~'
          ? translate(valueOf(name))
          : valueOf(name)
              .split(/([,;] )/)
              .map(translate)
              .join('');
      });
      // One that is hardly more than gaps fits nearly everything.
      if (now !== text) return now;
    }
    return undefined;
  }

  function translate(text: string): string {
    if (!/\p{L}/u.test(text)) return text;
    const before = known.get(text);
    if (before !== undefined) return before;
    const now = found(text) ?? byLines(text);
    // Texts with numbers in them are new for ever.
    if (known.size >= 1_000) known.clear();
    known.set(text, now);
    return now;
  }
  const byLines = (text: string) =>
    text.includes('\n') ? text.split('\n').map(translate).join('\n') : bySentences(text, found);
  return translate;
}

type Translations = readonly Readonly<Record<string, string>>[];

/** Those with the most text of their own first: what is particular goes before what is general. */
function readSentences(sentences: Sentences): Sentence[] {
  const own = ({ fixed }: Sentence) => fixed.reduce((sum, part) => sum + part.length, 0);
  return Object.entries(sentences)
    .map(([english, other]) => {
      const parts = english.split(gapInEnglish);
      return {
        fixed: parts.filter((_part, index) => index % 2 === 0),
        gaps: parts.filter((_part, index) => index % 2 === 1),
        other,
      };
    })
    .filter(({ gaps }) => gaps.length > 0)
    .sort((left, right) => own(right) - own(left));
}

/** What stands in the gaps, each as short as it can be; without going back, so that a long text takes no longer. */
function valuesIn(text: string, fixed: readonly string[]): string[] | undefined {
  const first = fixed[0] ?? '';
  const last = fixed.at(-1) ?? '';
  const end = text.length - last.length;
  if (first.length > end || !text.startsWith(first) || !text.endsWith(last)) return undefined;
  const values: string[] = [];
  let at = first.length;
  for (const part of fixed.slice(1, -1)) {
    const next = text.indexOf(part, at);
    if (next < 0 || next + part.length > end) return undefined;
    values.push(text.slice(at, next));
    at = next + part.length;
  }
  values.push(text.slice(at, end));
  return values;
}

/** More than that is somebody's log. */
const mostSentences = 12;

/** Each sentence, or as many together as are known together. */
function bySentences(text: string, found: (text: string) => string | undefined): string {
  const parts = text.split(/(?<=[.!?)]) (?=\S)/);
  if (parts.length === 1 || parts.length > mostSentences) return text;
  const said: string[] = [];
  for (let from = 0; from < parts.length;) {
    let to = parts.length;
    let now: string | undefined;
    for (; to > from; to -= 1) {
      if (to - from === parts.length) continue;
      now = found(parts.slice(from, to).join(' '));
      if (now !== undefined) break;
    }
    said.push(now ?? parts[from] ?? '');
    from = Math.max(to, from + 1);
  }
  return said.join(' ');
}
