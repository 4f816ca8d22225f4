import { resolve } from 'node:path';
import { FailureError, type Failure } from '#core/failure';
import { loraBases, loraWords, type ListedLora, type LoraFacts } from '#core/lora/lora';
import type { Engine } from '#engine/contract';
import { readLoraFile } from '#engine/files/lora-file';
import { withEngine, type Context, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { clean, counted, fileSize, printRefusal, table, type Output } from '../print';

export interface LorasOptions {
  setting?: string[];
}

/** What is told of one place. */
type Told = { provider: string } & ({ loras: ListedLora[] } | { failure: Failure });

/** `seedloom loras [PROVIDER | FILE]`: spends nothing. */
export async function loras(
  what: string | undefined,
  options: LorasOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  if (what !== undefined && /\.(safetensors|sft)$/i.test(what)) return loraFile(what, surroundings);
  return withEngine(surroundings, options.setting ?? [], async (context) => {
    const { engine, output, providers } = context;
    const listing = [...providers.values()].filter((provider) => provider.loras !== undefined);
    const ids = what === undefined ? listing.map(({ id }) => id) : [what];
    const told: Told[] = [];
    for (const id of ids) told.push(await toldOf(engine, id));
    const failed = told.filter((one) => 'failure' in one);
    if (what !== undefined && failed[0] !== undefined && isUsage(failed[0].failure)) {
      const { code, message } = failed[0].failure;
      printRefusal(output, 'seedloom', [{ code, severity: 'error', message, place: {} }]);
      return exit.unusable;
    }
    if (output.json) output.data(told);
    else for (const one of told) printPlace(one, context);
    return failed.length < told.length ? exit.done : exit.failed;
  });
}

function isUsage({ code }: Failure): boolean {
  return code === 'unknown-provider' || code === 'no-lora-list';
}

async function toldOf(engine: Engine, provider: string): Promise<Told> {
  try {
    const listed = await engine.listLoras(provider);
    const details = new Map((await engine.readLoras(provider, listed)).map((one) => [one.name, one.facts]));
    const withFacts = listed.map((lora) => {
      const facts = details.get(lora.name);
      return facts === undefined ? lora : { ...lora, facts };
    });
    return { provider, loras: withFacts };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { provider, failure: error.failure };
  }
}

function printPlace(told: Told, { output, providers }: Context): void {
  const { paint } = output;
  const label = providers.get(told.provider)?.label ?? told.provider;
  if ('failure' in told) {
    output.error(output.errorPaint.red(`${label}: ${clean(told.failure.message)}`));
    return;
  }
  output.line(paint.bold(`${label}: ${counted(told.loras.length, 'LoRA')}`));
  const rows = told.loras.map(({ name, bytes, facts }) => [
    clean(name),
    baseWords(facts),
    facts?.rank === undefined ? '' : `rank ${facts.rank}`,
    bytes === undefined ? '' : fileSize(bytes),
    wordsOf(facts),
  ]);
  for (const line of table(rows, (text, column) => (column === 2 || column === 3 ? paint.dim(text) : text)))
    output.line(`  ${line}`);
}

function baseWords(facts: LoraFacts | undefined): string {
  if (facts?.base !== undefined) return loraBases[facts.base];
  return facts?.baseSaid === undefined ? 'not said' : clean(facts.baseSaid);
}

function wordsOf(facts: LoraFacts | undefined): string {
  const words = facts && loraWords(facts);
  if (words === undefined) return '';
  const text = clean(words.words.slice(0, 5).join(', '));
  return words.kind === 'trigger' ? text : `often: ${text}`;
}

async function loraFile(file: string, { directory, output }: Surroundings): Promise<ExitCode> {
  const read = await readLoraFile(resolve(directory, file));
  if (!read.ok) {
    const { code, message } = read.failure;
    printRefusal(output, 'seedloom', [{ code, severity: 'error', message, place: { path: file } }]);
    return exit.unusable;
  }
  if (output.json) output.data(read.value);
  else printFacts(read.value, output);
  return exit.done;
}

function printFacts(facts: LoraFacts, output: Output): void {
  const { resolution } = facts;
  const rows: [string, string | undefined][] = [
    ['Title', facts.title],
    ['Made for', baseWords(facts)],
    ['Trigger words', facts.triggers.join(', ')],
    ['Often captioned', facts.frequent.map(({ word }) => word).join(', ')],
    ['Rank', facts.rank?.toString()],
    ['Alpha', facts.alpha?.toString()],
    ['Trained at', resolution && `${resolution.width} × ${resolution.height}`],
    ['Licence', facts.licence],
    ['Author', facts.author],
    ['About', facts.about],
  ];
  const said = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
  for (const line of table(said.map((row) => row.map(clean)))) output.line(line);
}
