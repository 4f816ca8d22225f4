/** How `/object_info` describes an input: `[type, options]`, with the choices of a combo in one of two shapes. */

type InputSpec = readonly unknown[];

/** The file name without its folders, whichever way the server's system writes them. */
export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

/** Whether a choice is a model file, by its ending. */
export function isFileName(text: string): boolean {
  return /\.(safetensors|sft|ckpt|pth?|bin|gguf|onnx)$/i.test(text);
}

/** A combo's choices, in both of its shapes: `[["a"], {}]` and `["COMBO", { "options": ["a"] }]`. */
export function choicesOf([type, options]: InputSpec): string[] | undefined {
  const listed = Array.isArray(type) ? (type as unknown[]) : optionOf(options, 'options');
  return Array.isArray(listed) ? listed.filter((choice) => typeof choice === 'string') : undefined;
}

/** The type of an input that is no combo. */
export function typeOf(spec: InputSpec): string | undefined {
  return typeof spec[0] === 'string' && choicesOf(spec) === undefined ? spec[0] : undefined;
}

export function optionOf(options: unknown, name: string): unknown {
  return typeof options === 'object' && options !== null
    ? (options as Record<string, unknown>)[name]
    : undefined;
}

/** The first of the files that a combo lists, as it lists it; a name without its ending matches too. */
export function listedFile(wanted: readonly string[], spec: InputSpec | undefined): string | undefined {
  const choices = (spec && choicesOf(spec)) ?? [];
  for (const name of wanted) {
    if (choices.includes(name)) return name;
    const plain = baseName(name).toLowerCase();
    const same = (choice: string) => {
      const listed = baseName(choice).toLowerCase();
      return listed === plain || listed.replace(/\.[a-z]+$/, '') === plain;
    };
    const found = choices.find(same);
    if (found !== undefined) return found;
  }
  return undefined;
}
