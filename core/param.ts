import { z } from 'zod';
import { picksSchema, type Picks } from './choice';
import type { JsonValue } from './json';
import { paintingSchema } from './painting';
import { sizeSchema, type ImageRef, type Size } from './values';

/** How a param is edited. The editor has one control for each kind; a node only says which. */
export type Field =
  /**
   * `prompt`: words for a model. `weights`: weights are marked as they are typed; `template`: variables and wildcards too,
   * where the node makes something of them.
   */
  | { kind: 'text'; lines: number; placeholder?: string; prompt?: 'weights' | 'template' }
  | { kind: 'number'; min: number; max: number; step: number; unit?: string }
  | { kind: 'slider'; min: number; max: number; step: number }
  | { kind: 'choice'; options: readonly { value: string | number; label: string }[] }
  | { kind: 'toggle' }
  | { kind: 'size'; optional: boolean }
  | { kind: 'seed' }
  | { kind: 'color' }
  | { kind: 'lora-file'; placeholder: string }
  | { kind: 'image-file' }
  | { kind: 'folder' }
  | { kind: 'picks' }
  /** A mask painted over the picture at the input `over`; `invert` and `feather` name params that change how it looks. */
  | { kind: 'painting'; over: string; invert?: string; feather?: string };

/**
 * A param of a node: how it is edited, what is allowed, what it starts as. `Stored` is what the document holds;
 * `Resolved` is what the node's code gets (they differ for files: a path in the document, pictures in the code).
 */
export interface ParamSpec<Stored extends JsonValue = JsonValue, Resolved = Stored> {
  label: string;
  hint?: string;
  field: Field;
  schema: z.ZodType<Stored>;
  initial: Stored;
  /** Shown on the card itself, not only in the inspector. */
  onCard: boolean;
  /** Only shown while another param of the node has this value. */
  when?: { param: string; is: JsonValue };
  /**
   * It came after the node did: while it has its initial value it is no part of the key, so that what was made before is
   * still known.
   */
  late?: true;
  /** Only for types: never present at run time. */
  readonly resolved?: Resolved;
}

// eslint-disable-next-line typescript/no-explicit-any -- a record of specs of any stored type; variance forbids `unknown`
export type ParamSpecs = Record<string, ParamSpec<any, any>>;

/** What a node's code gets for its params. */
export type ParamValues<P extends ParamSpecs> = {
  [K in keyof P]: P[K] extends ParamSpec<infer _Stored, infer Resolved> ? Resolved : never;
};

/**
 * A picture file a document refers to: `path` relative to the workflow file with `/`, `hash` the sha256 of its content
 * when last seen, `name` for showing. The file at `path` wins; when it is gone the stored content with `hash` is used.
 */
export const fileRefSchema = z.strictObject({
  name: z.string(),
  path: z.string().optional(),
  hash: z.string().optional(),
});
export type FileRef = { name: string; path?: string; hash?: string };

interface Common {
  label: string;
  hint?: string;
  onCard?: boolean;
  when?: { param: string; is: JsonValue };
  late?: true;
}

function spec<Stored extends JsonValue, Resolved = Stored>(
  common: Common,
  field: Field,
  schema: z.ZodType<Stored>,
  initial: Stored,
): ParamSpec<Stored, Resolved> {
  const { label, hint, onCard = false, when, late } = common;
  return {
    label,
    ...(hint === undefined ? {} : { hint }),
    field,
    schema,
    initial,
    onCard,
    ...(when === undefined ? {} : { when }),
    ...(late === undefined ? {} : { late }),
  };
}

/** The params of a node that have a meaning for what its other params say, in their order. */
export function shownParams(
  specs: ParamSpecs,
  params: Readonly<Record<string, JsonValue>>,
): [name: string, spec: ParamSpec][] {
  const valueOf = (name: string) => (Object.hasOwn(params, name) ? params[name] : specs[name]?.initial);
  return Object.entries(specs).filter(
    ([, { when }]) => when === undefined || valueOf(when.param) === when.is,
  );
}

export function textParam(
  options: Common & {
    lines?: number;
    placeholder?: string;
    initial?: string;
    max?: number;
    prompt?: 'weights' | 'template';
  },
) {
  const { lines = 1, placeholder, initial = '', max = 20_000, prompt } = options;
  const field: Field = {
    kind: 'text',
    lines,
    ...(placeholder === undefined ? {} : { placeholder }),
    ...(prompt === undefined ? {} : { prompt }),
  };
  return spec<string>(options, field, z.string().max(max), initial);
}

interface Range extends Common {
  min: number;
  max: number;
  step?: number;
  initial: number;
}

function numberSchema({ min, max, step = 1 }: Range): z.ZodType<number> {
  const inRange = z.number().min(min).max(max);
  return Number.isInteger(step) && Number.isInteger(min) ? inRange.int() : inRange;
}

export function numberParam(options: Range & { unit?: string }) {
  const { min, max, step = 1, unit } = options;
  const field: Field = { kind: 'number', min, max, step, ...(unit === undefined ? {} : { unit }) };
  return spec<number>(options, field, numberSchema(options), options.initial);
}

export function sliderParam(options: Range) {
  const { min, max, step = 0.05 } = options;
  return spec<number>(
    options,
    { kind: 'slider', min, max, step },
    z.number().min(min).max(max),
    options.initial,
  );
}

export function choiceParam<const V extends string | number>(
  options: Common & { options: readonly { value: V; label: string }[]; initial: V },
) {
  const values = options.options.map((option) => z.literal(option.value));
  return spec<V>(
    options,
    { kind: 'choice', options: options.options },
    z.union(values) as z.ZodType<V>,
    options.initial,
  );
}

export function toggleParam(options: Common & { initial: boolean }) {
  return spec<boolean>(options, { kind: 'toggle' }, z.boolean(), options.initial);
}

/** A size in pixels. */
export function sizeParam(options: Common & { initial: Size }) {
  return spec<Size>(options, { kind: 'size', optional: false }, sizeSchema, options.initial);
}

/** A size in pixels, or `null` for "as the first input picture". */
export function optionalSizeParam(options: Common) {
  return spec<Size | null>(options, { kind: 'size', optional: true }, sizeSchema.nullable(), null);
}

/** A seed, or `null` to let the route choose. Kept below 2^53 so that it survives JSON. */
export function seedParam(options: Common) {
  const schema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).nullable();
  return spec<number | null>(options, { kind: 'seed' }, schema, null);
}

/** A colour, `#rrggbb`. */
export function colorParam(options: Common & { initial: string }) {
  return spec<string>(options, { kind: 'color' }, z.string().regex(/^#[0-9a-f]{6}$/i), options.initial);
}

/** The name of a LoRA file where the model runs: written, or chosen from what is there. */
export function loraFileParam(options: Common & { placeholder: string }) {
  return spec<string>(
    options,
    { kind: 'lora-file', placeholder: options.placeholder },
    z.string().max(200),
    '',
  );
}

/** A picture file; the node's code gets the picture. */
export function imageFileParam(options: Common) {
  const schema = fileRefSchema.nullable() as z.ZodType<(FileRef & JsonValue) | null>;
  return spec<(FileRef & JsonValue) | null, ImageRef>(options, { kind: 'image-file' }, schema, null);
}

/** What a person picked of a node's pictures; it is picked on the card. */
export function picksParam(options: Common) {
  const schema = picksSchema as z.ZodType<Picks & JsonValue>;
  return spec<Picks & JsonValue>(options, { kind: 'picks' }, schema, { picked: [] });
}

/** A mask painted by hand over the picture at the input `over`; the node's code gets its strokes. */
export function paintingParam(options: Common & { over: string; invert?: string; feather?: string }) {
  const { over, invert, feather } = options;
  const field: Field = {
    kind: 'painting',
    over,
    ...(invert === undefined ? {} : { invert }),
    ...(feather === undefined ? {} : { feather }),
  };
  return spec<string[]>(options, field, paintingSchema, []);
}

/** A folder of pictures, `{ path }` relative to the workflow file; the node's code gets the pictures by name order. */
export function imageFolderParam(options: Common) {
  const schema = z.strictObject({ path: z.string() }).nullable();
  return spec<{ path: string } | null, ImageRef[]>(options, { kind: 'folder' }, schema, null);
}
