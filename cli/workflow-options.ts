import type { Command } from 'commander';

/** An option that may be repeated: all its values, in their order. */
export const collect = (value: string, earlier: string[] = []) => [...earlier, value];

/** What is asked of the workflow: the options that `run`, `plan` and `queue add` share. */
export function workflowOptions(command: Command): Command {
  return command
    .argument('<file>', 'a workflow file (.seedloom) or a bundle (.seedloom.zip); it is never written')
    .option(
      '--set <NODE.PARAM=VALUE>',
      'a param for this time, or LABEL=VALUE for a field of the form; all after the = is the value, and it may be empty; may be repeated',
      collect,
    )
    .option('--target <NODE>', 'only this node and what it needs; may be repeated', collect)
    .option(
      '--from <NODE>',
      'this node and all that comes after it, with what they need; may be repeated',
      collect,
    )
    .option('--mute <NODE>', 'leave this node out for this time; may be repeated', collect)
    .option('--bypass <NODE>', 'pass by this node for this time; may be repeated', collect)
    .option(
      '--pick <NODE=1,3>',
      'the pictures that go on at this node, by their places; may be repeated',
      collect,
    )
    .option('--route <PROVIDER/MODEL>', 'run every node there whose kind of task that model does')
    .option('--out <DIR>', 'where pictures are written; "<file> pictures" beside the file otherwise')
    .option(
      '--take-next',
      'make new pictures from the same input, at the nodes of --target and --from alone',
    );
}
