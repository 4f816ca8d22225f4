import type { ChoiceRule } from './choice';
import type { Failure } from './failure';
import type { JsonObject } from './json';
import type { ParamSpecs, ParamValues } from './param';
import type { PictureTools } from './pictures';
import type { InputSpecs, InputValue, OutputSpecs } from './port';
import type { TaskKind, TaskOf, Unrouted } from './task';
import type { ImageRef, LoraRef, PortValueOf } from './values';
import { en } from './words/en/en';

export const groups = ['source', 'model', 'picture', 'flow', 'result', 'subgraph', 'saved', 'other'] as const;
export type Group = (typeof groups)[number];

/** The words of `groups`, for palettes and lists. */
export const groupLabels: Record<Group, string> = en.palette.groups;

/** What a node's code gets: its params resolved, one item for each `takes: 'one'` input, the list for `takes: 'all'`. */
export interface NodeArgs<P extends ParamSpecs, I extends InputSpecs> {
  params: ParamValues<P>;
  inputs: { [K in keyof I]: InputValue<I[K]> };
  /** The place of this step among the node's items, from 0. */
  index: number;
  /** Which of the `copies` of this item it is, from 0. */
  copy: number;
  /** How many pictures this step makes: more than 1 only where the `copies` are wanted as one set. */
  count: number;
}

/** For each output port, the list of its items. */
export type NodeOutputs<O extends OutputSpecs> = { [K in keyof O]: PortValueOf[O[K]['type']][] };

/** What a machine node may use. `signal` aborts when the person cancels. */
export interface MachineTools {
  pictures: PictureTools;
  files: {
    /**
     * Writes a picture into the run's output folder (or `folder` below or outside it) and never over another picture:
     * a taken name gets a number, unless the file there is this very picture. Gives the path written.
     */
    save(options: { image: ImageRef; folder: string; name: string }): Promise<string>;
  };
  signal: AbortSignal;
  /** 0 to 1. */
  report(fraction: number): void;
}

/**
 * How a node works.
 * - `plan`: a pure value (a prompt, a list, a LoRA); worked out while planning, costs nothing, keeps nothing.
 * - `provider`: asks a model; `toTask` says what for, the engine does the rest. `toOutputs` gets the pictures that came,
 *   or the one LoRA of a training with its samples.
 * - `machine`: work on this computer; cached like paid work. `writes-files` is only reused while its files are there.
 *   `gives` says how many items each output has, before it runs; 1 when left out.
 * - `person`: somebody picks of a list of pictures. Pure over the picks, which are a param: while none fits the list, the run
 *   goes as far as it can without them and then waits.
 * - `wire`: no work at all, each output passes on what comes to one input. What only the others need does not run.
 * - `parts`: what it has inside does the work; it stands for a subgraph, or inside one for its ports.
 */
export type NodeWork<P extends ParamSpecs, I extends InputSpecs, O extends OutputSpecs> =
  | { on: 'parts' }
  | { on: 'plan'; values(args: NodeArgs<P, I>): NodeOutputs<O> | Failure }
  | {
      [K in TaskKind]: {
        on: 'provider';
        kind: K;
        toTask(args: NodeArgs<P, I>): Unrouted<TaskOf<K>>;
        toOutputs(made: (K extends 'train-lora' ? LoraRef | ImageRef : ImageRef)[]): NodeOutputs<O>;
      };
    }[TaskKind]
  | {
      on: 'machine';
      effect: 'none' | 'writes-files';
      gives?(args: NodeArgs<P, I>): { [K in keyof O]?: number };
      run(args: NodeArgs<P, I>, tools: MachineTools): Promise<NodeOutputs<O>>;
    }
  | {
      on: 'person';
      /** The only wired input, which takes all, and the output that gives what was picked of it. */
      from: keyof I & string;
      gives: keyof O & string;
      /** The param that keeps what was picked. */
      picks: keyof P & string;
      rule(params: ParamValues<P>): ChoiceRule;
    }
  | { on: 'wire'; passes(params: ParamValues<P>): { [K in keyof O]: keyof I & string } };

/** Turns the params of version `from` into those of `from + 1`. Pure; kept for ever. */
export interface NodeUpgrade {
  from: number;
  params(old: JsonObject): JsonObject;
}

/**
 * A kind of node, whole: palette, form, connection rules, plan, cache, command line and docs follow from it. `version`
 * goes up when the same params would mean another picture or another shape. `icon` is a Lucide icon's name.
 */
export interface NodeDefinition<
  P extends ParamSpecs = ParamSpecs,
  I extends InputSpecs = InputSpecs,
  O extends OutputSpecs = OutputSpecs,
> {
  type: string;
  version: number;
  title: string;
  group: Group;
  icon: string;
  summary: string;
  /** `note`: drawn as paper of the colour `color` with the words of `text`, both params; a card when left out. */
  look?: 'note';
  /** Comes with what it belongs to: not offered where nodes are chosen. */
  hidden?: boolean;
  /** More words the palette finds it by. */
  keywords?: readonly string[];
  params: P;
  inputs: I;
  outputs: O;
  /**
   * A part of the picture at the input `over`, in pixels, that is chosen on the picture itself: the number params that hold it,
   * and what another param has to be for it to count.
   */
  framing?: {
    over: string;
    left: string;
    top: string;
    width: string;
    height: string;
    when: { param: string; is: string };
  };
  upgrades?: readonly NodeUpgrade[];
  /** The number param that says how many times each item is made, each a step of its own; it is no part of the key. */
  copies?: keyof P & string;
  /** The toggle that makes one step of all `copies`: one request for a set of pictures. While it is on, and they are several, both are in the key. */
  asSet?: keyof P & string;
  /**
   * Params that change only what comes beside the result (samples of a training). They are no part of the key: a change makes
   * nothing anew, and counts from the next time it is made.
   */
  beside?: readonly (keyof P & string)[];
  /** How the card shows its pictures, where not one at a time. `slider`: those of its first two outputs over each other. */
  shows?: 'slider';
  work: NodeWork<P, I, O>;
}

/** It, or what it has inside, makes something that is kept, and that another take would make anew. */
export function makesResults(definition: NodeDefinition): boolean {
  return hasSteps(definition) || (definition.work.on === 'parts' && definition.hidden !== true);
}

/** Lets the compiler infer the types between params, ports and work. */
export function defineNode<
  const P extends ParamSpecs,
  const I extends InputSpecs,
  const O extends OutputSpecs,
>(definition: NodeDefinition<P, I, O>): NodeDefinition {
  return definition as unknown as NodeDefinition;
}

/** Whether a node has steps of its own, with results that are kept and can be pinned. */
export function hasSteps({ work }: NodeDefinition): boolean {
  return work.on === 'provider' || work.on === 'machine';
}

/** The kinds of node there are, by type. */
export type NodeCatalogue = ReadonlyMap<string, NodeDefinition>;

/** Builds the catalogue from the modules a glob found; two files of one type are a bug and throw. */
export function nodeCatalogue(modules: Record<string, unknown>): NodeCatalogue {
  const catalogue = new Map<string, NodeDefinition>();
  for (const path of Object.keys(modules).sort()) {
    const definition = (modules[path] as { default: NodeDefinition }).default;
    if (catalogue.has(definition.type)) throw new Error(`${path}: node type ${definition.type} is taken`);
    catalogue.set(definition.type, definition);
  }
  return catalogue;
}
