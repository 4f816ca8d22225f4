import { z } from 'zod';
import type { JsonObject } from '../json';
import { taskKinds } from '../task';
import { imageRefSchema, loraRefSchema, portTypes } from '../values';

/** The format this program writes. A file with a higher number is refused, not guessed at. */
export const documentFormat = 1;

/** Ids appear in `node.port` addresses and on the command line, so they hold no dot and no space. */
export const nodeIdPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const nodeId = z.string().regex(nodeIdPattern, 'a node id is 1 to 64 letters, digits, "-" or "_"');
const portAddress = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.[A-Za-z0-9_-]+$/, 'an end of an edge is written "node.port"');

const params = z.record(z.string(), z.json()) as z.ZodType<JsonObject>;

/** Muted: does not run, gives nothing. Bypassed: does not run, passes on what comes in. */
const mode = z.enum(['mute', 'bypass']);

/** What a step gave, kept for good: for each output port the list of its items. */
const pinSchema = z.record(
  z.string(),
  z.array(
    z.union([
      z.string(),
      z.number(),
      z.strictObject({
        ...imageRefSchema.shape,
        hash: z.string().regex(/^[0-9a-f]{64}$/, 'a picture is named by its sha256'),
      }),
      z.strictObject(loraRefSchema.shape),
    ]),
  ),
);
const pinPlace = z
  .string()
  .regex(/^(0|[1-9]\d*)(\.[1-9]\d*)?$/, 'a pin stands at "item" or "item.copy", such as "0" or "2.1"');

export const nodeSchema = z.strictObject({
  type: z.string().min(1),
  /** The version of the node type that wrote these params. */
  version: z.number().int().positive(),
  /** The person's own name for it; the type's title is shown when left out. */
  title: z.string().max(200).optional(),
  mode: mode.optional(),
  params,
  /** `provider/model`; the workflow's default for the kind of task when left out. */
  route: z.string().optional(),
  /** Goes up by one for a new picture from the same input. */
  take: z.number().int().nonnegative().optional(),
  /** Results that are never made again, by the place of their step: `item`, or `item.copy` for a further copy. */
  pins: z.record(pinPlace, pinSchema).optional(),
});

/** An edge carries what `from` gives to what `to` takes. The order of edges into one port is the order of its list. */
export const edgeSchema = z.strictObject({ from: portAddress, to: portAddress });

export const groupSchema = z.strictObject({
  title: z.string(),
  color: z.string().optional(),
  /** Counts for every node of the group. */
  mode: mode.optional(),
  nodes: z.array(nodeId),
});

const point = z.tuple([z.number(), z.number()]);

/** A param on the form. `heading` begins a section with it. */
export const exposedSchema = z.strictObject({
  param: z.string(),
  label: z.string().max(200).optional(),
  hint: z.string().max(1000).optional(),
  heading: z.string().max(200).optional(),
});

export const formSchema = z.strictObject({
  /** The file opens with the form, not with the graph. */
  first: z.literal(true).optional(),
  description: z.string().max(4000).optional(),
  /** The nodes whose pictures are shown, in order; the last ones that give pictures when left out. */
  results: z.array(nodeId).optional(),
});

/** Most points of one wire in a file. */
export const mostPoints = 64;

/** The node an end of a wire is at; inside a subgraph the sides of the whole may be one. */
const anyNode = '[A-Za-z0-9][A-Za-z0-9_-]{0,63}';
const sideOrNode = (side: string) => `(@${side}|${anyNode})`;

/** How a graph is drawn, besides where its cards stand. `from`, `to`: what its wires may come from and go to. */
function layoutFields(from: string, to: string) {
  const wire = new RegExp(`^${from}\\.[A-Za-z0-9_-]+ ${to}\\.[A-Za-z0-9_-]+$`);
  return {
    /** Points a wire is led through, from its source on, by the wire: `"node.port node.port"`. */
    bends: z
      .record(
        z.string().regex(wire, 'a wire is written "node.port node.port"'),
        z.array(point).min(1).max(mostPoints),
      )
      .optional(),
    /** Ids of the groups that are drawn as one small card. */
    collapsed: z.array(z.string()).optional(),
    /** Width and height of notes, in pixels; every other card has the size of what is in it. */
    sizes: z.record(z.string(), point).optional(),
  };
}

const portName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'a port is named by letters, digits, "-" or "_"');
/** Inside a subgraph an edge may come from `@inputs.NAME` and go to `@outputs.NAME`: the ports of the whole. */
const boundaryAddress = (side: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${sideOrNode(side)}\\.[A-Za-z0-9_-]+$`),
      `an end of an edge is written "node.port" or "@${side}.port"`,
    );
const innerEdgeSchema = z.strictObject({ from: boundaryAddress('inputs'), to: boundaryAddress('outputs') });
const port = z.strictObject({
  name: portName,
  label: z.string().max(200).optional(),
  type: z.enum(portTypes),
});

function namedOnce(list: readonly { name: string }[]): boolean {
  return new Set(list.map(({ name }) => name)).size === list.length;
}
const once = 'each name stands here once';

/**
 * A graph that stands as one node wherever a node has the type `subgraph:ID`. Its ports and params are those of that node;
 * a param says which one inside it gives (`node.param`).
 */
export const subgraphSchema = z.strictObject({
  title: z.string().max(200),
  inputs: z.array(port).refine(namedOnce, once),
  outputs: z.array(port).refine(namedOnce, once),
  params: z
    .array(z.strictObject({ name: portName, label: z.string().max(200).optional(), param: portAddress }))
    .refine(namedOnce, once),
  nodes: z.record(nodeId, nodeSchema),
  edges: z.array(innerEdgeSchema),
  groups: z.record(z.string(), groupSchema).optional(),
  /** Places of the cards inside; `@inputs` and `@outputs` are those of the ports. */
  layout: z.record(z.string(), point),
  ...layoutFields(sideOrNode('inputs'), sideOrNode('outputs')),
});

/** The workflow file, format 1. Field by field in docs/workflow-file.md. */
export const documentSchema = z.strictObject({
  seedloom: z.literal(documentFormat),
  id: z.string().min(1),
  title: z.string(),
  /** Where model nodes run that name no route themselves: for each kind of task `provider/model`. */
  routes: z.partialRecord(z.enum(taskKinds), z.string()),
  nodes: z.record(nodeId, nodeSchema),
  edges: z.array(edgeSchema),
  groups: z.record(z.string(), groupSchema).optional(),
  /** Params shown to people who never see the graph: `node.param`, in order. */
  exposed: z.array(exposedSchema).optional(),
  /** What they see besides. */
  form: formSchema.optional(),
  /** Places of the cards on the canvas, apart from the logic. */
  layout: z.record(z.string(), point),
  ...layoutFields(anyNode, anyNode),
  /** Graphs that stand as one node, by their id. */
  subgraphs: z.record(nodeId, subgraphSchema).optional(),
});

export type WorkflowDocument = z.infer<typeof documentSchema>;
export type DocumentNode = z.infer<typeof nodeSchema>;
export type DocumentGroup = z.infer<typeof groupSchema>;
export type Exposed = z.infer<typeof exposedSchema>;
export type Form = z.infer<typeof formSchema>;
export type Edge = z.infer<typeof edgeSchema>;
export type Subgraph = z.infer<typeof subgraphSchema>;
export type Point = z.infer<typeof point>;

export interface PortAddress {
  node: string;
  port: string;
}

/** `"gen.image"` → `{ node: 'gen', port: 'image' }`. */
export function portAddressOf(text: string): PortAddress {
  const dot = text.indexOf('.');
  return { node: text.slice(0, dot), port: text.slice(dot + 1) };
}

export function addressText(address: PortAddress): string {
  return `${address.node}.${address.port}`;
}

/** What a wire is called by: `"gen.image edit.image"`. */
export function edgeId(edge: Edge): string {
  return `${edge.from} ${edge.to}`;
}
