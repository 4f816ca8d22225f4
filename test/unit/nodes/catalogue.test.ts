import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { icons } from 'lucide-react';
import { describe, expect, it } from 'vitest';
import { iconExportName } from '../../../renderer/look/icon-name';
import { groups, type NodeArgs, type NodeDefinition } from '#core/node';
import type { Field, ParamSpec, ParamSpecs } from '#core/param';
import type { InputSpecs } from '#core/port';
import type { PortType } from '#core/values';
import { nodes } from '#nodes/catalogue';
import { pictureOf } from '#test/kit/small-knowledge';
import { argsOf, RecordingTools } from './node-under-test';

const root = join(import.meta.dirname, '..', '..', '..');
const all = [...nodes.values()];

/** The stored types a wire of each type can stand in for. */
const fitting: Partial<Record<PortType, readonly Field['kind'][]>> = {
  text: ['text'],
  number: ['number', 'slider', 'seed'],
};

const item: Record<PortType, unknown> = {
  image: pictureOf('an item'),
  mask: pictureOf('a mask'),
  text: 'a text',
  number: 3,
  lora: { name: 'a.safetensors', strength: 0.5 },
};

/** What the code gets for a param that is set. */
function setValue(spec: ParamSpec, value: unknown): unknown {
  if (spec.field.kind === 'image-file') return pictureOf('a file');
  if (spec.field.kind === 'folder') return [pictureOf('first'), pictureOf('second')];
  if (spec.field.kind === 'text' && value === '') return spec.field.placeholder ?? 'words';
  if (spec.field.kind === 'lora-file') return 'a.safetensors';
  if (spec.field.kind === 'seed') return 5;
  return value;
}

/** Arguments with everything set and wired, once for each option of each choice. */
function everyCase(definition: NodeDefinition): NodeArgs<ParamSpecs, InputSpecs>[] {
  const params = Object.fromEntries(
    Object.entries(definition.params).map(([name, spec]) => [name, setValue(spec, spec.initial)]),
  );
  const inputs = Object.fromEntries(
    Object.entries(definition.inputs).map(([port, { type, takes }]) => [
      port,
      takes === 'all' ? [item[type], item[type]] : item[type],
    ]),
  );
  const cases = [argsOf(definition, { params, inputs })];
  for (const [name, { field }] of Object.entries(definition.params))
    if (field.kind === 'choice')
      for (const { value } of field.options)
        cases.push(argsOf(definition, { params: { ...params, [name]: value }, inputs }));
  return cases;
}

/** Runs the node's code and gives what came out; `read` gathers the names of the params it looked at. */
async function outputsOf(
  definition: NodeDefinition,
  args: NodeArgs<ParamSpecs, InputSpecs>,
  read: Set<string>,
): Promise<Record<string, unknown[]>> {
  const params = new Proxy(args.params, {
    get(target, name) {
      if (typeof name === 'string') read.add(name);
      return Reflect.get(target, name) as unknown;
    },
  });
  const watched = { ...args, params };
  const { work } = definition;
  if (work.on === 'machine') return work.run(watched, new RecordingTools());
  if (work.on === 'plan') return work.values(watched) as Record<string, unknown[]>;
  if (work.on === 'wire')
    return Object.fromEntries(
      Object.keys(work.passes(params as never)).map((port) => [port, [pictureOf(port)]]),
    );
  if (work.on === 'person') {
    work.rule(params as never);
    read.add(work.picks);
    return { [work.gives]: [pictureOf('picked')] };
  }
  if (work.on === 'parts') throw new Error(`${definition.type} does no work of its own`);
  work.toTask(watched);
  if (work.kind === 'train-lora') return work.toOutputs([{ name: 'made.safetensors', strength: 1 }]);
  return work.toOutputs([pictureOf('made')]);
}

describe('the catalogue', () => {
  it('has every node file of the folder, each named for its type', () => {
    const files = readdirSync(join(root, 'nodes')).filter((name) => name.endsWith('.node.ts'));
    expect(all.map(({ type }) => `${type}.node.ts`).sort()).toEqual(files.sort());
  });

  it('has no two nodes of one title or icon', () => {
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    expect(new Set(all.map(({ icon }) => icon)).size).toBe(all.length);
  });
});

describe.each(all.map((definition) => [definition.type, definition] as const))('%s', (_type, definition) => {
  it('says what it is', () => {
    expect(definition.title).toMatch(/^\S.*\S$/);
    expect(definition.summary).toMatch(/^[A-Z].{10,120}[.]$/);
    expect(groups).toContain(definition.group);
    expect(Object.keys(icons)).toContain(iconExportName(definition.icon));
    for (const port of [...Object.values(definition.inputs), ...Object.values(definition.outputs)])
      expect(port.label).not.toBe('');
    for (const spec of Object.values(definition.params)) expect(spec.label).not.toBe('');
  });

  it('starts with params its own check accepts', () => {
    for (const [name, spec] of Object.entries(definition.params))
      expect(spec.schema.safeParse(spec.initial), name).toMatchObject({ success: true });
  });

  it('has a param of a fitting type for every input of the same name', () => {
    for (const [port, input] of Object.entries(definition.inputs)) {
      const param = definition.params[port];
      if (param === undefined) continue;
      expect(input.takes, port).toBe('one');
      expect(fitting[input.type], port).toContain(param.field.kind);
    }
  });

  it('gives exactly the outputs it declares', async () => {
    for (const args of everyCase(definition)) {
      const outputs = await outputsOf(definition, args, new Set());
      expect(Object.keys(outputs).sort()).toEqual(Object.keys(definition.outputs).sort());
    }
  });

  // A node without ports is read by people only.
  const hasPorts = Object.keys({ ...definition.inputs, ...definition.outputs }).length > 0;
  it.runIf(hasPorts)('has no param without an effect', async () => {
    const read = new Set([definition.copies, definition.asSet].filter((name) => name !== undefined));
    for (const args of everyCase(definition)) await outputsOf(definition, args, read);
    expect([...read].sort()).toEqual(Object.keys(definition.params).sort());
  });

  it('foretells how many items it gives', async () => {
    const { work } = definition;
    if (work.on !== 'machine') return;
    for (const args of everyCase(definition)) {
      const foretold = work.gives?.(args) ?? {};
      const outputs = await outputsOf(definition, args, new Set());
      for (const [port, items] of Object.entries(outputs)) expect(items).toHaveLength(foretold[port] ?? 1);
    }
  });
});
