import { afterEach, beforeEach, expect, it } from 'vitest';
import { packNodes } from '#core/document/pack';
import { parseDocument } from '#core/document/parse';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import { bytesOf, commandLine, finished, planOf, workflow, type CommandLine } from './command-line';

let line: CommandLine;
beforeEach(() => {
  line = commandLine();
});
afterEach(() => line.remove());

const size = { width: 96, height: 64 };
const chain = () =>
  workflow(
    [
      ['words', 'sweep', { lines: 'a cat' }],
      ['make', 'generate', { size }],
      ['change', 'edit', { prompt: 'at night' }],
    ],
    ['words.text > make.prompt', 'make.image > change.image'],
  );

/** The chain as a file with `make` and `change` in one node. */
function packed(): string {
  const read = parseDocument(JSON.stringify(chain()), nodes);
  if (!read.ok) throw new Error('not a workflow');
  const shown = { ...read.document, exposed: [{ param: 'change.prompt' }] };
  const made = packNodes(shown, ['make', 'change'], nodes, 'Look');
  if ('refused' in made) throw new Error(made.refused);
  return line.write('look.seedloom', JSON.parse(serializeDocument(made.document)));
}

it('a subgraph runs once: what was made before its nodes were packed is reused', async () => {
  await line.seedloom('run', line.write('pets.seedloom', chain()));
  const file = packed();
  expect(await line.seedloom('validate', file)).toMatchObject({ code: 0 });
  const again = await line.seedloom('run', file, '--json');
  expect(finished(again).map(({ step, reused }) => [step, reused])).toEqual([
    ['look/make#0', true],
    ['look/change#0', true],
  ]);
});

it('its params, its inside, its mode and its take can be named on the command line', async () => {
  const file = packed();
  const before = bytesOf(file);
  await line.seedloom('run', file);
  const counts = async (...words: string[]) =>
    planOf(await line.seedloom('plan', file, '--json', ...words)).counts;
  const none = { reused: 2, willRun: 0, blocked: 0 };
  expect(await counts()).toEqual(none);
  expect(await counts('--set', 'look.change-prompt=at noon')).toEqual({ ...none, reused: 1, willRun: 1 });
  expect(await counts('--set', 'look/make.seed=7')).toEqual({ ...none, reused: 0, willRun: 2 });
  expect(await counts('--target', 'look/make')).toEqual({ ...none, reused: 1 });
  expect(await counts('--target', 'look')).toEqual(none);
  expect(await counts('--mute', 'look')).toEqual({ ...none, reused: 0 });
  expect(await counts('--mute', 'look/change')).toEqual({ ...none, reused: 1 });
  expect(await counts('--from', 'look', '--take-next')).toEqual({ ...none, reused: 0, willRun: 2 });
  expect(await line.seedloom('plan', file, '--set', 'look/nobody.seed=7')).toMatchObject({ code: 2 });
  expect(bytesOf(file)).toBe(before);
});

it('a choice inside one is waited for by its way, and made by it', async () => {
  const funnel = workflow(
    [
      ['words', 'sweep', { lines: 'a cat\na dog' }],
      ['make', 'generate', { size }],
      ['pick', 'choose', {}],
      ['change', 'edit', { prompt: 'at night' }],
    ],
    ['words.text > make.prompt', 'make.image > pick.images', 'pick.image > change.image'],
  );
  const read = parseDocument(JSON.stringify(funnel), nodes);
  if (!read.ok) throw new Error('not a workflow');
  const made = packNodes(read.document, ['pick', 'change'], nodes, 'Look');
  if ('refused' in made) throw new Error(made.refused);
  const file = line.write('funnel.seedloom', JSON.parse(serializeDocument(made.document)));
  const waits = await line.seedloom('run', file);
  expect(waits.code).toBe(4);
  expect(waits.out).toContain('look/pick waits for you to choose of 2 pictures:');
  expect(waits.out).toContain('look-pick-2.png');
  const goesOn = await line.seedloom('run', file, '--json', '--pick', 'look/pick=2');
  expect([
    goesOn.code,
    finished(goesOn)
      .filter(({ reused }) => !reused)
      .map(({ step }) => step),
  ]).toEqual([0, ['look/change#0']]);
  // Muted, it asks nothing.
  expect((await line.seedloom('run', file, '--mute', 'look')).code).toBe(0);
});
