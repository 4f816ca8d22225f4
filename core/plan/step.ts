import type { WorkflowDocument } from '../document/schema';
import type { Failure } from '../failure';
import type { Issue } from '../issue';
import { hasSteps, type NodeArgs, type NodeCatalogue, type NodeDefinition, type NodeOutputs } from '../node';
import { sameJson } from '../json';
import type { InputSpecs, OutputSpecs } from '../port';
import type { ParamSpecs } from '../param';
import type { ModelSpec, ProviderInfo } from '../provider';
import type { Task, Unrouted } from '../task';
import { isLoraRef, type ImageRef, type LoraRef, type Outputs, type PortValue } from '../values';
import { cacheKey, keyValue, keyValues, type CacheKeyParts } from './cache-key';
import { checkTask, type TaskNote } from './check-task';
import { trainedBase } from './check-training';
import { fitSize } from './fit-size';
import { forecastTask, nothing, type Forecast } from './forecast';
import type { Knowledge } from './knowledge';
import { checkParam } from './resolve-params';

/** One item of one node: `node#index`, and for a further copy of the item `node#index.copy`. */
export type StepId = string;

export function stepId(node: string, index: number, copy: number): StepId {
  return copy === 0 ? `${node}#${index}` : `${node}#${index}.${copy}`;
}

/**
 * An item on a wire: a value, or the promise of one by a step that has not run; `likely` is what is known of it. Behind a
 * choice it is made for the `pick`th picked picture alone, and `maybe` says that fewer may be picked.
 */
export type PlannedItem =
  | { value: PortValue }
  | { from: StepId; port: string; item: number; likely?: LoraRef; maybe?: true; pick?: number };

/** Everything a plan is worked out from. */
export interface PlanContext {
  document: WorkflowDocument;
  catalogue: NodeCatalogue;
  providers: ReadonlyMap<string, ProviderInfo>;
  known: Knowledge;
}

/** A node ready to be made into steps. */
export interface ResolvedNode {
  id: string;
  definition: NodeDefinition;
  params: Record<string, unknown>;
  take: number;
  /** For model nodes. */
  provider?: ProviderInfo;
  model?: ModelSpec;
}

/** How many steps each item of a node is made into. */
export function copiesOf(node: ResolvedNode): number {
  return isSet(node) ? 1 : copiesAsked(node);
}

function copiesAsked({ definition, params }: ResolvedNode): number {
  return definition.copies === undefined ? 1 : Number(params[definition.copies] ?? 1);
}

/** One picture is no set, whatever the toggle says. */
function isSet(node: ResolvedNode): boolean {
  const { asSet } = node.definition;
  return asSet !== undefined && node.params[asSet] === true && copiesAsked(node) > 1;
}

/** Keeps the variations of one take apart from those of the next. */
const mostCopies = 1_000;

/** Stands for a picture that is not made yet; nothing may look at it but its absence of size. */
const unmadePicture: ImageRef = { hash: '', format: 'png', width: 0, height: 0, bytes: 0 };
const unmadeLora: LoraRef = { name: '…', strength: 1 };
const unmade: Record<string, PortValue> = {
  image: unmadePicture,
  mask: unmadePicture,
  text: '…',
  number: 0,
  lora: unmadeLora,
};

/** A step worked out as far as its inputs are known. */
export interface PreparedStep {
  args: NodeArgs<ParamSpecs, InputSpecs>;
  /** Only when every input is known. */
  key?: { text: string; parts: CacheKeyParts };
  task?: Task;
  notes: TaskNote[];
  forecast: Forecast;
  issues: Issue[];
}

/**
 * Works out one step: its code's arguments, its key, its task, what the route makes of it, what it costs. The plan calls
 * it with what is known; the engine calls it again when the rest has been made. `inputs` has for each port its items;
 * an item without a value is not made yet.
 */
export function prepareStep(
  node: ResolvedNode,
  index: number,
  copy: number,
  inputs: Readonly<Record<string, readonly PlannedItem[]>>,
  known: Pick<Knowledge, 'hash' | 'price' | 'outFolder'>,
): PreparedStep {
  const { definition } = node;
  const params = { ...node.params };
  const values: Record<string, unknown> = {};
  const keyInputs: Record<string, unknown[]> = {};
  const issues: Issue[] = [];
  let complete = true;
  for (const [port, spec] of Object.entries(definition.inputs)) {
    const items = inputs[port] ?? [];
    const list = items.map((item) => ('value' in item ? item.value : (item.likely ?? unmade[spec.type]!)));
    const allKnown = items.every((item) => 'value' in item);
    complete &&= allKnown;
    values[port] = spec.takes === 'all' ? list : list[0];
    const param = definition.params[port];
    if (param === undefined) {
      keyInputs[port] = keyValues(list);
    } else if (list.length > 0) {
      params[port] = list[0];
      const wrong = allKnown ? checkParam(node.id, port, param, list[0]) : undefined;
      if (wrong !== undefined) issues.push(wrong);
    }
  }
  const args: NodeArgs<ParamSpecs, InputSpecs> = {
    params,
    inputs: values as never,
    index,
    copy,
    count: isSet(node) ? copiesAsked(node) : 1,
  };
  const task = complete || definition.work.on === 'provider' ? taskOf(node, args) : undefined;
  const notes = task === undefined ? [] : checkTask(task, node.model!);
  for (const note of notes)
    if (note.effect === 'refused')
      issues.push({
        code: `refused-${note.field}`,
        severity: 'error',
        message: note.message,
        place: { node: node.id },
      });
  const prepared: PreparedStep = {
    args,
    notes,
    issues,
    forecast:
      task === undefined
        ? nothing
        : forecastTask(task, node.model!, known.price(`${node.provider!.id}/${node.model!.id}`)),
  };
  if (task !== undefined) prepared.task = task;
  if (complete && hasSteps(definition)) {
    const parts = keyParts(node, index, copy, params, keyInputs, known.outFolder);
    prepared.key = { text: cacheKey(parts, known.hash), parts };
  }
  return prepared;
}

function keyParts(
  node: ResolvedNode,
  index: number,
  copy: number,
  params: Record<string, unknown>,
  inputs: Record<string, unknown[]>,
  outFolder: string,
): CacheKeyParts {
  const { definition, provider, model } = node;
  const uncounted: (string | undefined)[] = [...(definition.beside ?? [])];
  if (!isSet(node)) uncounted.push(definition.copies, definition.asSet);
  const isStill = (name: string, value: unknown) => {
    const spec = definition.params[name];
    return spec?.late === true && sameJson(value, spec.initial);
  };
  const counted = Object.entries(params).filter(
    ([name, value]) => !uncounted.includes(name) && !isStill(name, value),
  );
  const parts: CacheKeyParts = {
    node: definition.type,
    version: definition.version,
    params: Object.fromEntries(counted.map(([name, value]) => [name, keyValue(value)])),
    inputs,
    take: node.take,
    copy,
  };
  if (provider !== undefined && model !== undefined)
    // A raise of either gives a sum that was not there before.
    parts.provider = {
      id: provider.id,
      revision: provider.revision + (model.revision ?? 0),
      model: model.id,
    };
  if (definition.work.on === 'machine' && definition.work.effect === 'writes-files')
    parts.files = { folder: outFolder, index };
  return parts;
}

/** The task on its route: a size left to the input becomes the nearest one the model makes. */
function taskOf(node: ResolvedNode, args: NodeArgs<ParamSpecs, InputSpecs>): Task | undefined {
  const { work } = node.definition;
  if (work.on !== 'provider' || node.model === undefined || node.provider === undefined) return undefined;
  const model = { provider: node.provider.id, model: node.model.id };
  const task = work.toTask(args) as Unrouted;
  if (task.kind === 'upscale') return { ...task, model };
  const variation = node.take * mostCopies + args.copy;
  if (task.kind === 'generate' || task.kind === 'train-lora') return { ...task, model, variation };
  const { width, height } = task.images[0] ?? unmadePicture;
  return { ...task, model, variation, size: task.size ?? fitSize({ width, height }, node.model.size) };
}

/** How many items each output of a step will have. */
export function expectedItems(
  definition: NodeDefinition,
  prepared: Pick<PreparedStep, 'args' | 'task'>,
): Record<string, number> {
  const { work } = definition;
  const one = Object.fromEntries(Object.keys(definition.outputs).map((port) => [port, 1]));
  if (work.on === 'plan') {
    const ahead = Object.entries(lorasAhead(definition, prepared.args) ?? {});
    return { ...one, ...Object.fromEntries(ahead.map(([port, items]) => [port, items.length])) };
  }
  if (work.on === 'person' || work.on === 'wire') return one;
  if (work.on === 'machine') {
    const given = work.gives?.(prepared.args) ?? {};
    return Object.fromEntries(Object.keys(one).map((port) => [port, given[port] ?? 1]));
  }
  if (work.on === 'parts') return one;
  if (work.kind === 'train-lora') {
    const samples = prepared.task?.kind === 'train-lora' ? (prepared.task.samples?.count ?? 0) : 0;
    const outputs = work.toOutputs([unmadeLora, ...Array.from({ length: samples }, () => unmadePicture)]);
    return Object.fromEntries(Object.entries(outputs).map(([port, items]) => [port, items.length]));
  }
  const count = prepared.task !== undefined && 'count' in prepared.task ? prepared.task.count : 1;
  const outputs = work.toOutputs(Array.from({ length: count }, () => unmadePicture));
  return Object.fromEntries(Object.entries(outputs).map(([port, items]) => [port, items.length]));
}

/** Runs a pure node. */
export function planValues(
  definition: NodeDefinition,
  args: NodeArgs<ParamSpecs, InputSpecs>,
): NodeOutputs<OutputSpecs> | Failure {
  if (definition.work.on !== 'plan') throw new Error(`${definition.type} is not a pure node`);
  return definition.work.values(args);
}

/**
 * What a pure node of LoRAs will give, worked out from what is known of LoRAs that are not trained yet; `undefined` for any
 * other node, and where it cannot be said.
 */
function lorasAhead(definition: NodeDefinition, args: PreparedStep['args']): Outputs | undefined {
  const gives = Object.values(definition.outputs);
  if (definition.work.on !== 'plan' || !gives.every(({ type }) => type === 'lora')) return undefined;
  const outputs = planValues(definition, args);
  return 'code' in outputs && 'message' in outputs ? undefined : (outputs as Outputs);
}

/** What is known of a LoRA that is not trained yet. */
export function likelyLora(
  { definition, model }: Pick<ResolvedNode, 'definition' | 'model'>,
  { args, task }: Pick<PreparedStep, 'args' | 'task'>,
  port: string,
  item: number,
): LoraRef | undefined {
  if (task?.kind !== 'train-lora') {
    const ahead = lorasAhead(definition, args)?.[port]?.[item];
    return isLoraRef(ahead) ? ahead : undefined;
  }
  if (model?.training === undefined || definition.outputs[port]?.type !== 'lora') return undefined;
  const { trigger, steps, rank, images } = task;
  const trained = { base: trainedBase(model), trigger, steps, rank, pictures: images.length };
  return { ...unmadeLora, trained };
}
