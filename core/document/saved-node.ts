import { z } from 'zod';
import { subgraphSchema, type DocumentNode, type WorkflowDocument } from './schema';
import { subgraphType } from './subgraph';
import { subgraphsUsed } from './subgraph-copies';

/** A saved node is kept under such a name. */
export const savedNodeName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'a saved node is named by a-z, 0-9 and "-"');

/** A subgraph a person keeps for other workflows: a `.seedloom-node` file. `subgraph` is the outermost of `subgraphs`. */
export const savedNodeSchema = z
  .strictObject({
    seedloomNode: z.literal(1),
    name: savedNodeName,
    subgraph: z.string(),
    subgraphs: z.record(z.string(), subgraphSchema),
  })
  .refine(({ subgraph, subgraphs }) => Object.hasOwn(subgraphs, subgraph), 'its own subgraph is not in it');
export type SavedNode = z.infer<typeof savedNodeSchema>;

/** The calls of the window about them: each gives all there are then. */
export const savedNodeCalls = {
  'nodes.list': z.strictObject({}),
  'nodes.save': savedNodeSchema,
  'nodes.remove': z.strictObject({ name: savedNodeName }),
};
export type SavedNodeAnswers = Record<keyof typeof savedNodeCalls, SavedNode[]>;

/** A subgraph with all it has inside, without what was made and pinned in this one workflow. */
export function savedNodeOf(
  { subgraphs = {} }: Pick<WorkflowDocument, 'subgraphs'>,
  subgraph: string,
  name: string,
): SavedNode {
  const used = subgraphsUsed(subgraphs, [{ type: subgraphType(subgraph) }]);
  const bare = ({ pins: _pins, take: _take, ...node }: DocumentNode): DocumentNode => node;
  return {
    seedloomNode: 1,
    name,
    subgraph,
    subgraphs: Object.fromEntries(
      Object.entries(used).map(([id, inside]) => [
        id,
        {
          ...inside,
          nodes: Object.fromEntries(Object.entries(inside.nodes).map(([inner, node]) => [inner, bare(node)])),
        },
      ]),
    ),
  };
}
