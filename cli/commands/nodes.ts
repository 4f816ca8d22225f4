import { groupLabels, groups, type NodeDefinition } from '#core/node';
import { taskKindOf } from '#core/plan/route';
import { nodes as catalogue } from '#nodes/catalogue';
import type { Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { allowedValues } from '../param-value';
import type { Paint } from '../print';

/** `seedloom nodes` */
export function nodes({ output }: Surroundings): ExitCode {
  const all = [...catalogue.values()];
  if (output.json) {
    output.data(all.map(nodeData));
    return exit.done;
  }
  for (const group of groups) {
    const members = all.filter((definition) => definition.group === group);
    if (members.length === 0) continue;
    output.line(output.paint.bold(groupLabels[group]));
    for (const definition of members)
      for (const line of nodeLines(definition, output.paint)) output.line(line);
    output.line();
  }
  return exit.done;
}

/** What another program may want to know of a kind of node. */
export function nodeData(definition: NodeDefinition) {
  const { type, version, title, group, summary, params, inputs, outputs, work } = definition;
  const task = taskKindOf(definition);
  return {
    type,
    version,
    title,
    group,
    summary,
    runs: work.on,
    ...(task === undefined ? {} : { task }),
    params: Object.fromEntries(
      Object.entries(params).map(([name, { label, hint, field, initial }]) => [
        name,
        { label, hint, field, initial },
      ]),
    ),
    inputs,
    outputs,
  };
}

/** A kind of node with its params, as `--set` takes them, and its ports. */
export function nodeLines(definition: NodeDefinition, paint: Paint): string[] {
  const { type, summary, params, inputs, outputs } = definition;
  const ports = (specs: Readonly<Record<string, { type: string }>>) =>
    Object.entries(specs)
      .map(([name, spec]) => `${name} (${spec.type})`)
      .join(', ');
  const lines = [`  ${paint.cyan(type)}  ${summary}`];
  for (const [name, { field }] of Object.entries(params))
    lines.push(`    ${name}: ${paint.dim(allowedValues(field))}`);
  const [taken, given] = [ports(inputs), ports(outputs)];
  if (taken !== '') lines.push(paint.dim(`    takes ${taken}`));
  if (given !== '') lines.push(paint.dim(`    gives ${given}`));
  return lines;
}
