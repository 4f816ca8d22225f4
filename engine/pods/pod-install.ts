import { randomBytes } from 'node:crypto';
import { FailureError, userFailure, type Failure } from '#core/failure';
import { isPaidFor, type PodHost, type PodProbe, type PodTools } from '#core/pod';
import {
  filesLeft,
  foldInstall,
  installerTime,
  installFileSchema,
  isInstalled,
  isUnderWay,
  newInstall,
  type InstallFile,
  type InstallPlan,
  type PlannedFile,
  type PodInstall,
} from '#core/pod-install';
import type { PodRow, PodRows } from '../store/pod-rows';

/** Installing model files on a pod: what is asked for is kept with the pod's row, and sent as often as it takes. */

const mostFiles = 50;

/** Throws for a pod that takes none. */
function taking(row: PodRow | undefined): PodRow {
  if (row === undefined)
    throw new FailureError(
      userFailure('no-installer', 'Only on pods that Seedloom has created can it install models.'),
    );
  if (row.lease?.volume === undefined)
    throw new FailureError(
      userFailure(
        'no-volume',
        `${row.name} has nothing that survives a stop, or was created without what installs models on it. Create a pod with a network volume (or a kept disk) and the watchdog.`,
      ),
    );
  return row;
}

/** A file with what its address's site says of it, and what stands in its way. */
async function planned(
  asked: PlannedFile,
  row: PodRow,
  there: ReadonlyMap<string, readonly string[] | undefined>,
  host: PodHost,
  tools: PodTools,
): Promise<PlannedFile> {
  const { problem: _problem, ...file } = asked;
  const withProblem = (failure: Failure): PlannedFile => ({ ...file, problem: failure });
  const { name, url, folder } = file;
  if (there.get(folder)?.some((path) => path.split(/[\\/]/).at(-1) === name) === true)
    return withProblem(userFailure('there', `${name} is there already.`));
  if (url === '')
    return withProblem(
      userFailure('no-address', `Nobody knows an address of ${name}: put it on the volume by hand.`),
    );
  if (!installFileSchema.safeParse(file).success)
    return withProblem(
      userFailure(
        'wrong-file',
        `${name} cannot be installed: it needs the name of a model file without spaces, one of ComfyUI's folders, and an http(s) address.`,
      ),
    );
  const facts = await host.lookUp(url, tools);
  if (facts?.isGone === true)
    return withProblem(userFailure('not-found', `There is no ${name} at its address any more.`));
  const { bytes, sha256, licence = file.licence, gate } = facts ?? {};
  const known: PlannedFile = {
    ...file,
    ...(bytes === undefined ? {} : { bytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    // What a recipe says is written for people; a site's word may be "other".
    ...((file.licence ?? licence) === undefined ? {} : { licence: file.licence ?? licence }),
  };
  if (gate === undefined || row.variables?.includes(gate.variable) === true) return known;
  return {
    ...known,
    problem: userFailure(
      'gated',
      `${name} is given to those who have accepted its licence at ${gate.page}. Accept it, and create a pod on the same volume with your token in its environment (${gate.variable}).`,
    ),
  };
}

export async function installPlan(
  pod: PodRow | undefined,
  asked: readonly PlannedFile[],
  host: PodHost,
  tools: PodTools,
): Promise<InstallPlan> {
  const row = taking(pod);
  const address = row.id === undefined ? undefined : host.address(row.id, row.port, tools);
  const folders = [...new Set(asked.map(({ folder }) => folder))];
  const lists = folders.map(async (folder) =>
    address === undefined || !row.life.answered || folder === ''
      ? undefined
      : host.models(address, folder, tools),
  );
  const found = await Promise.all(lists);
  const there = new Map(folders.map((folder, index) => [folder, found[index]]));
  const files = await Promise.all(asked.map((file) => planned(file, row, there, host, tools)));
  const bytes = files
    .filter(({ problem }) => problem === undefined)
    .reduce((sum, file) => sum + (file.bytes ?? file.about ?? 0), 0);
  const free = row.install?.free;
  return { files, bytes, ...(free === undefined ? {} : { free }) };
}

/** What an order for these files makes of a row. Throws for what no installer would take. */
export function askedInstall(
  found: PodRow | undefined,
  files: readonly InstallFile[],
): (row: PodRow, at: number) => PodInstall {
  const { name, life } = taking(found);
  if (!isPaidFor(life.phase) || life.wanted !== 'running')
    throw new FailureError(userFailure('not-running', `${name} does not run. Start it first.`));
  const parsed = installFileSchema.array().min(1).max(mostFiles).safeParse(files);
  if (!parsed.success)
    throw new FailureError(
      userFailure(
        'wrong-file',
        `Nothing was ordered: one to ${mostFiles} files at once, each with folder, name and address.`,
      ),
    );
  const order = randomBytes(6).toString('hex');
  return ({ install }, at) => newInstall(install, parsed.data, order, at);
}

/** A row with what its installer says, and a probe in which files that are still to come are work. */
export function withInstall(
  row: PodRow,
  probe: PodProbe | undefined,
  at: number,
): { row: PodRow; probe: PodProbe | undefined } {
  if (row.install === undefined) return { row, probe };
  if (probe?.answers !== true) return { row: { ...row, install: { ...row.install, heardAt: at } }, probe };
  const install = foldInstall(row.install, probe.installer, at);
  const left = filesLeft(install, at);
  return { row: { ...row, install }, probe: { ...probe, remaining: (probe.remaining ?? 0) + left } };
}

export function isInstallerGone({ install, life }: PodRow, at: number): boolean {
  if (install === undefined || !life.answered || life.phase === 'silent') return false;
  return install.files.some(isUnderWay) && at - install.heardAt >= installerTime;
}

/** Sends the order where the installer has not taken it: the first time, after a stop, after ComfyUI lost its files. */
export async function orderAgain(
  { install, lease }: PodRow,
  { answers, installer }: PodProbe,
  host: PodHost,
  address: string,
  tools: PodTools,
): Promise<void> {
  if (install === undefined || lease === undefined || !answers) return;
  if (installer?.order === install.order || !install.files.some(isUnderWay)) return;
  await host.install(address, lease, install.order, install.files, tools).catch(() => undefined);
}

/** Asks ComfyUI whether it lists what has been installed. */
export async function listNew(
  { mark, install }: PodRow,
  { answers }: PodProbe,
  host: PodHost,
  address: string,
  tools: PodTools,
  podRows: PodRows,
): Promise<void> {
  const fresh = install?.files.filter((file) => isInstalled(file) && file.listed !== true) ?? [];
  if (!answers || fresh.length === 0) return;
  const folders = [...new Set(fresh.map(({ folder }) => folder))];
  const lists = await Promise.all(folders.map((folder) => host.models(address, folder, tools)));
  const listed = new Map(folders.map((folder, index) => [folder, lists[index]]));
  await podRows.change(mark, (now) => {
    if (now.install === undefined) return now;
    const files = now.install.files.map((file) => {
      const list = isInstalled(file) ? listed.get(file.folder) : undefined;
      return list === undefined ? file : { ...file, listed: list.includes(file.name) };
    });
    return { ...now, install: { ...now.install, files } };
  });
}
