import { basename, resolve } from 'node:path';
import type { JsonValue } from '#core/json';
import type { Field, ParamSpec } from '#core/param';

/**
 * The text of a `--set` as the value of a param: text as it is, other kinds as JSON where it is JSON, files and folders by
 * their path from `directory`. `problem` says what is allowed.
 */
export function paramValue(
  text: string,
  spec: ParamSpec,
  directory: string,
): { value: JsonValue } | { problem: string } {
  let reason = '';
  for (const reading of readingsOf(text, spec.field, directory)) {
    const result = spec.schema.safeParse(reading);
    if (result.success) return { value: result.data };
    reason ||= result.error.issues[0]?.message ?? '';
  }
  // A choice has no better reason than its list, which follows.
  const because = reason === '' || reason === 'Invalid input' ? '' : ` (${reason})`;
  return { problem: `"${text}" is not allowed here${because}; allowed is ${allowedValues(spec.field)}.` };
}

/** What the text may mean, likeliest first. */
function readingsOf(text: string, field: Field, directory: string): unknown[] {
  const json = jsonOf(text);
  const asJson = json === undefined ? [] : [json];
  switch (field.kind) {
    case 'text':
    case 'lora-file':
      return [text];
    case 'image-file':
    case 'folder': {
      if (typeof json === 'object') return asJson;
      if (text === '') return [];
      const path = resolve(directory, text);
      return [field.kind === 'folder' ? { path } : { name: basename(path), path }];
    }
    case 'picks': {
      const isPlaces = /^\s*\d+(\s*,\s*\d+)*\s*$/.test(text);
      return isPlaces ? [{ places: text.split(',').map(Number) }] : asJson;
    }
    case 'size': {
      const [, width, height] = /^(\d+)\s*[x×]\s*(\d+)$/i.exec(text) ?? [];
      return width === undefined ? asJson : [{ width: Number(width), height: Number(height) }];
    }
    default:
      return [...asJson, text];
  }
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

/** `a whole number from 1 to 8`: what a param takes, in words. */
export function allowedValues(field: Field): string {
  switch (field.kind) {
    case 'text':
      return 'text';
    case 'number':
    case 'slider': {
      const whole = field.kind === 'number' && Number.isInteger(field.step) && Number.isInteger(field.min);
      return `${whole ? 'a whole number' : 'a number'} from ${field.min} to ${field.max}`;
    }
    case 'choice':
      return field.options.map(({ value }) => String(value)).join(', ');
    case 'toggle':
      return 'true or false';
    case 'size':
      return `a size in pixels such as 2048x2048${field.optional ? ', or null for the size of the input' : ''}`;
    case 'seed':
      return 'a whole number from 0, or null for any';
    case 'color':
      return 'a colour written #rrggbb';
    case 'lora-file':
      return 'the name of a LoRA file where the model runs';
    case 'image-file':
      return 'the path of a picture';
    case 'folder':
      return 'the path of a folder with pictures';
    case 'picks':
      return 'places such as 1,3';
    case 'painting':
      return 'a list of strokes such as ["add 300 2000,2000 8000,2000"], in ten-thousandths of the picture';
  }
}
