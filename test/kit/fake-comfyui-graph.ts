import { z } from 'zod';

/** A ComfyUI prompt, its node classes, and the validation that `POST /prompt` does before it takes one. */

const inputSpecSchema = z.tuple([z.union([z.string(), z.array(z.unknown())])], z.unknown());
export const nodeClassSchema = z.looseObject({
  input: z.looseObject({
    required: z.record(z.string(), inputSpecSchema).nullish(),
    optional: z.record(z.string(), inputSpecSchema).nullish(),
  }),
  output: z.array(z.string()),
  output_node: z.boolean(),
});
export type NodeClass = z.infer<typeof nodeClassSchema>;
export type ObjectInfo = Record<string, NodeClass>;

const graphNodeSchema = z.looseObject({
  class_type: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
});
export const graphSchema = z.record(z.string(), graphNodeSchema);
export type GraphNode = z.infer<typeof graphNodeSchema>;
export type Graph = Record<string, GraphNode>;

export type Link = [node: string, slot: number];

export function isLink(value: unknown): value is Link {
  return (
    Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number'
  );
}

export interface NodeError {
  type: string;
  message: string;
  details: string;
  extra_info: Record<string, unknown>;
}
type NodeErrors = Record<string, { errors: NodeError[]; dependent_outputs: string[]; class_type: string }>;

export type Verdict =
  | { ok: true; outputs: string[]; nodeErrors: NodeErrors }
  | { ok: false; error: NodeError; nodeErrors: NodeErrors };

export function refuse(type: string, message: string, details: string): Verdict & { ok: false } {
  return { ok: false, error: { type, message, details, extra_info: {} }, nodeErrors: {} };
}

/** Python's way to print a value, for the words of errors. */
function printed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`;
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null || value === undefined ? 'None' : JSON.stringify(value);
}

/** A literal list travels as `{"__value__": [...]}`, because a plain list of two is a link. */
function unwrapped(node: GraphNode, name: string): unknown {
  const value = node.inputs[name];
  if (typeof value !== 'object' || value === null || !('__value__' in value)) return value;
  node.inputs[name] = value.__value__;
  return { literal: value.__value__ };
}

interface InputSpec {
  name: string;
  required: boolean;
  type: string;
  /** The choices of a combo, in either of its two shapes. */
  choices: unknown[] | undefined;
  options: Record<string, unknown>;
  config: unknown;
}

export function inputSpecs(nodeClass: NodeClass): InputSpec[] {
  return (['required', 'optional'] as const).flatMap((section) =>
    Object.entries(nodeClass.input[section] ?? {}).map(([name, config]) => {
      const [type, rest] = config;
      const options = (rest ?? {}) as Record<string, unknown>;
      const listed = Array.isArray(type) ? type : type === 'COMBO' ? options['options'] : undefined;
      return {
        name,
        required: section === 'required',
        type: Array.isArray(type) ? 'COMBO' : type,
        choices: Array.isArray(listed) ? listed : undefined,
        options,
        // In its errors ComfyUI always names the options, also where it has none.
        config: [type, options],
      };
    }),
  );
}

/** Turns a literal into the widget's type as ComfyUI does, in place; gives the error when it cannot. */
function coerce(node: GraphNode, spec: InputSpec): NodeError | undefined {
  const given = node.inputs[spec.name];
  const wrong = (said: string): NodeError => ({
    type: 'invalid_input_type',
    message: `Failed to convert an input value to a ${spec.type} value`,
    details: `${spec.name}, ${String(given)}, ${said}`,
    extra_info: {
      input_name: spec.name,
      input_config: spec.config,
      received_value: given,
      exception_message: said,
    },
  });
  if (spec.type === 'INT' || spec.type === 'FLOAT') {
    const number = typeof given === 'string' && given.trim() === '' ? NaN : Number(given);
    const whole = typeof given === 'string' && spec.type === 'INT' && !Number.isInteger(number);
    if (given === null || typeof given === 'object' || Number.isNaN(number) || whole) {
      return wrong(`could not convert to ${spec.type.toLowerCase()}: ${printed(given)}`);
    }
    node.inputs[spec.name] = spec.type === 'INT' ? Math.trunc(number) : number;
  }
  if (spec.type === 'STRING' && typeof given !== 'string') node.inputs[spec.name] = printed(given);
  if (spec.type === 'BOOLEAN') node.inputs[spec.name] = Boolean(given);
  return undefined;
}

function checkLiteral(node: GraphNode, spec: InputSpec, files: (image: string) => boolean): NodeError[] {
  const failed = coerce(node, spec);
  if (failed) return [failed];
  const value = node.inputs[spec.name];
  const extra = { input_name: spec.name, input_config: spec.config, received_value: value };
  const { min, max } = spec.options;
  const errors: NodeError[] = [];
  if (typeof min === 'number' && Number(value) < min) {
    const message = `Value ${String(value)} smaller than min of ${min}`;
    errors.push({ type: 'value_smaller_than_min', message, details: spec.name, extra_info: extra });
  }
  if (typeof max === 'number' && Number(value) > max) {
    const message = `Value ${String(value)} bigger than max of ${max}`;
    errors.push({ type: 'value_bigger_than_max', message, details: spec.name, extra_info: extra });
  }
  if (spec.options['image_upload'] === true) {
    // The class checks the file itself, so an upload that is not in the list yet is good too.
    if (files(String(value))) return errors;
    const details = `${spec.name} - Invalid image file: ${String(value)}`;
    const message = 'Custom validation failed for node';
    errors.push({ type: 'custom_validation_failed', message, details, extra_info: extra });
  } else if (spec.choices && !spec.choices.includes(value)) {
    const long = spec.choices.length > 20;
    const list = long ? `(list of length ${spec.choices.length})` : printed(spec.choices);
    errors.push({
      type: 'value_not_in_list',
      message: 'Value not in list',
      details: `${spec.name}: ${printed(value)} not in ${list}`,
      extra_info: { ...extra, input_config: long ? null : spec.config },
    });
  }
  return errors;
}

export interface GraphSurroundings {
  classes: ObjectInfo;
  /** Whether `LoadImage` finds this image. */
  files(image: string): boolean;
}

/** Validates upwards from the output nodes only, each node once, and stops where a link does not fit. */
export function validateGraph(
  graph: Graph,
  targets: string[] | undefined,
  around: GraphSurroundings,
): Verdict {
  for (const [id, node] of Object.entries(graph)) {
    const details = `Node ID '#${id}'`;
    if (node.class_type === undefined) {
      const message = 'Cannot execute because a node is missing the class_type property.';
      return refuse('invalid_prompt', message, details);
    }
    if (!around.classes[node.class_type]) {
      const message = `Cannot execute because node ${node.class_type} does not exist.`;
      return refuse('invalid_prompt', message, details);
    }
  }
  const outputs = Object.keys(graph).filter(
    (id) => classOf(graph, around.classes, id)?.output_node && (targets?.includes(id) ?? true),
  );
  if (outputs.length === 0) return refuse('prompt_no_outputs', 'Prompt has no outputs', '');

  const checked = new Map<string, { valid: boolean; errors: NodeError[] }>();
  function check(id: string): boolean {
    const before = checked.get(id);
    if (before) return before.valid;
    const entry = { valid: true, errors: [] as NodeError[] };
    checked.set(id, entry);
    const node = graph[id];
    const nodeClass = classOf(graph, around.classes, id);
    if (!node || !nodeClass) return true;
    for (const spec of inputSpecs(nodeClass)) {
      const given = unwrapped(node, spec.name);
      const extra = { input_name: spec.name, input_config: spec.config };
      if (given === undefined) {
        if (!spec.required) continue;
        const message = 'Required input is missing';
        entry.errors.push({
          type: 'required_input_missing',
          message,
          details: spec.name,
          extra_info: { input_name: spec.name },
        });
      } else if (!Array.isArray(given)) entry.errors.push(...checkLiteral(node, spec, around.files));
      else if (!isLink(given)) {
        const message = 'Bad linked input, must be a length-2 list of [node_id, slot_index]';
        entry.errors.push({
          type: 'bad_linked_input',
          message,
          details: spec.name,
          extra_info: { ...extra, received_value: given },
        });
      } else {
        const [from, slot] = given;
        const received = classOf(graph, around.classes, from)?.output[slot];
        if (received === undefined) {
          entry.errors.push({
            type: 'exception_during_inner_validation',
            message: 'Exception when validating inner node',
            details: printed(from),
            extra_info: { ...extra, exception_message: printed(from), linked_node: given },
          });
        } else if (spec.type !== received && spec.type !== '*' && received !== '*') {
          entry.errors.push({
            type: 'return_type_mismatch',
            message: 'Return type mismatch between linked nodes',
            details: `${spec.name}, received_type(${received}) mismatch input_type(${spec.type})`,
            extra_info: { ...extra, received_type: received, linked_node: given },
          });
        } else if (!check(from)) entry.valid = false;
      }
    }
    if (entry.errors.length > 0) entry.valid = false;
    return entry.valid;
  }

  const good = outputs.filter(check);
  const nodeErrors: NodeErrors = {};
  for (const [id, { errors }] of checked) {
    if (errors.length === 0) continue;
    const dependent = outputs.filter((output) => !good.includes(output) && ancestors(graph, output).has(id));
    nodeErrors[id] = { errors, dependent_outputs: dependent, class_type: graph[id]?.class_type ?? '' };
  }
  if (good.length > 0) return { ok: true, outputs: good, nodeErrors };
  const details = Object.values(nodeErrors).flatMap(({ errors }) =>
    errors.map((error) => `${error.message}: ${error.details}`),
  );
  const message = 'Prompt outputs failed validation';
  return { ...refuse('prompt_outputs_failed_validation', message, details.join('\n')), nodeErrors };
}

function classOf(graph: Graph, classes: ObjectInfo, id: string): NodeClass | undefined {
  return classes[graph[id]?.class_type ?? ''];
}

/** A node and everything above it. */
export function ancestors(graph: Graph, id: string, found = new Set<string>()): Set<string> {
  if (found.has(id) || !graph[id]) return found;
  found.add(id);
  for (const value of Object.values(graph[id].inputs)) if (isLink(value)) ancestors(graph, value[0], found);
  return found;
}

/** What an accepted prompt asks for: for each output node the greatest batch above it. */
export function picturesAsked(graph: Graph, outputs: string[]): number {
  const batches = outputs.map((output) => {
    const sizes = [...ancestors(graph, output)].map((id) => graph[id]?.inputs['batch_size']);
    return Math.max(1, ...sizes.filter((size) => typeof size === 'number'));
  });
  return batches.reduce((sum, batch) => sum + batch, 0);
}
