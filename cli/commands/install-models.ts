import { FailureError, userFailure } from '#core/failure';
import { installWords } from '#core/install-words';
import { filesAmong, isInstalled, isUnderWay, type InstallPlan, type PlannedFile } from '#core/pod-install';
import type { ProviderCatalogue } from '#core/provider';
import { recipes } from '#providers/kit/recipes/catalogue';
import { recipeFiles } from '#providers/kit/recipes/recipe-files';
import type { Context, Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { clean, counted, fileSize, printRefusal } from '../print';
import { askedOf } from '../request';
import { agreed, keepUntil, pods } from './pods';

export interface InstallOptions {
  missing?: string;
  yes?: boolean;
  wait: boolean;
}

const known = recipes.flatMap(recipeFiles);

/** A recipe's id, the name of a file of one, or `FOLDER/NAME=ADDRESS`. */
function filesNamed(model: string): PlannedFile[] {
  const [, folder, name, url] = /^([^/=]+)\/([^/=]+)=(.+)$/.exec(model) ?? [];
  if (folder !== undefined && name !== undefined && url !== undefined) return [{ folder, name, url }];
  const recipe = recipes.find(({ model: { id } }) => id === model);
  const found = recipe === undefined ? known.filter((file) => file.name === model) : recipeFiles(recipe);
  if (found.length > 0) return filesAmong(found);
  const ids = recipes.map(({ model: { id } }) => id).join(', ');
  throw new FailureError(
    userFailure(
      'unknown-model',
      `Seedloom knows no model "${model}". It is one of ${ids}, a file of theirs, or FOLDER/NAME=ADDRESS.`,
    ),
  );
}

/** Its models run at an address of the person's: there recipes are what is run. */
function isPersons(provider: string, providers: ProviderCatalogue): boolean {
  return providers.get(provider)?.hosts.length === 0;
}

/** The files of all recipes a workflow goes to. */
async function filesOfWorkflow(file: string, context: Context): Promise<PlannedFile[] | undefined> {
  const asked = await askedOf(file, {}, context);
  if (!asked.ok) {
    printRefusal(context.output, file, asked.issues);
    return undefined;
  }
  const { nodes } = await context.engine.plan(asked.request);
  const models = nodes.flatMap(({ route }) =>
    route !== undefined && isPersons(route.provider, context.providers) ? [route.model] : [],
  );
  return filesAmong(recipes.filter(({ model }) => models.includes(model.id)).flatMap(recipeFiles));
}

function planLines({ files, bytes, free }: InstallPlan): string[] {
  const lines = files.flatMap(({ folder, name, url, licence, problem, ...file }) => {
    const size = file.bytes ?? file.about;
    const facts = [
      size === undefined ? 'size not known' : `${file.bytes === undefined ? 'about ' : ''}${fileSize(size)}`,
      licence ?? 'licence not known',
      file.sha256 === undefined ? 'no hash to check' : 'hash checked',
    ];
    const what = `models/${clean(folder)}/${clean(name)}`;
    return problem === undefined
      ? [`${what}: ${facts.map(clean).join('; ')}`, `  ${clean(url)}`]
      : [`${what}: ${problem.code === 'there' ? '' : 'not installed. '}${clean(problem.message)}`];
  });
  const many = files.filter(({ problem }) => problem === undefined).length;
  const space = free === undefined ? '' : ` The volume says ${fileSize(free)} are free.`;
  if (many > 0)
    lines.push(
      `${counted(many, 'file', 'files')}, ${fileSize(bytes)} in all.${space} The pod costs while it loads them, and so may the volume.`,
    );
  return lines;
}

/** `seedloom pods install ID` */
export function installModels(
  id: string,
  models: readonly string[],
  options: InstallOptions,
  outside: Surroundings,
): Promise<ExitCode> {
  return pods(outside, `pods install ${id}`, async (context) => {
    const { engine, output } = context;
    const ofWorkflow = options.missing === undefined ? [] : await filesOfWorkflow(options.missing, context);
    if (ofWorkflow === undefined) return exit.unusable;
    const asked = [...models.flatMap(filesNamed), ...ofWorkflow];
    if (asked.length === 0)
      throw new FailureError(
        userFailure('nothing-named', 'Name a model, or --missing FILE of a workflow that runs on a pod.'),
      );
    const files = [...new Map(asked.map((file) => [`${file.folder}/${file.name}`, file])).values()];
    const plan = await engine.pods.planInstall(id, files);
    const wanted = plan.files.filter(({ problem }) => problem === undefined);
    const hasProblem = plan.files.some(({ problem }) => problem !== undefined && problem.code !== 'there');
    if (wanted.length === 0) {
      for (const line of planLines(plan)) output.error(line);
      if (output.json) output.data({ type: 'install-plan', ...plan });
      output.error('Nothing is to be installed.');
      return hasProblem ? exit.unusable : exit.done;
    }
    if (output.json) output.data({ type: 'install-plan', ...plan });
    const answer = await agreed(context, planLines(plan), options.yes === true, 'sizes and licences');
    if (answer !== 'yes') return answer;
    const report = await engine.pods.install(id, wanted);
    if (!options.wait) {
      if (output.json) output.data(report);
      output.line(`${clean(report.name)} loads them; "seedloom pods" shows how far it is.`);
      return hasProblem ? exit.failed : exit.done;
    }
    const ended = await untilInstalled(id, context);
    return ended === exit.done && hasProblem ? exit.failed : ended;
  });
}

/** Looks after all pods until this one has loaded its files; Ctrl+C ends the waiting, not the loading. */
async function untilInstalled(id: string, context: Context): Promise<ExitCode> {
  const { output, engine } = context;
  const told = new Map<string, string>();
  const install = () => engine.pods.known().find((pod) => pod.id === id)?.install;
  const end = await keepUntil(context, (reports) => {
    const pod = reports.find((one) => one.id === id);
    if (output.json) output.data({ type: 'install', pod: id, install: pod?.install });
    for (const file of pod?.install?.files ?? []) {
      const words = installWords(file);
      if (!output.json && told.get(file.name) !== words) output.line(`${clean(file.name)}: ${clean(words)}`);
      told.set(file.name, words);
    }
    return (
      pod?.address === undefined ||
      !(pod.install?.files ?? []).some(isUnderWay) ||
      pod.trouble?.code === 'no-installer'
    );
  });
  const files = install()?.files ?? [];
  if (end === 'interrupted') {
    output.error(
      'The pod goes on loading, and costs; it stops itself when it is done and no Seedloom is there.',
    );
    return exit.cancelled;
  }
  return files.length > 0 && files.every(isInstalled) ? exit.done : exit.failed;
}
