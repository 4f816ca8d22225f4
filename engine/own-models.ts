import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '#core/issue';
import type { OwnFile, Provider, ProviderCatalogue } from '#core/provider';

/** Bytes; a text of a person is far below. */
const largestFile = 5_000_000;

export interface OwnModelsRead {
  /** The catalogue, with the models the person has added. */
  providers: ProviderCatalogue;
  /** What is wrong with files that could not be used; `place.path` is the whole path. */
  issues: Issue[];
}

/** Reads the models of the person's own, as far as a provider has a folder for them. Never throws; a folder that is not there is empty. */
export function readOwnModels(dataFolder: string, catalogue: ProviderCatalogue): OwnModelsRead {
  const issues: Issue[] = [];
  const providers = new Map<string, Provider>();
  for (const [id, provider] of catalogue) {
    const { ownModels } = provider;
    if (ownModels === undefined) {
      providers.set(id, provider);
      continue;
    }
    const folder = join(dataFolder, ownModels.folder);
    const files = filesIn(folder, ownModels.ending, issues);
    const read = files.length === 0 ? { provider, issues: [] } : ownModels.read(files);
    providers.set(id, read.provider);
    for (const issue of read.issues)
      issues.push({ ...issue, place: { ...issue.place, path: join(folder, issue.place.path ?? '') } });
  }
  return { providers, issues };
}

function filesIn(folder: string, ending: string, issues: Issue[]): OwnFile[] {
  const refuse = (path: string, error: unknown) => {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    const reason = code === 'EACCES' ? 'It may not be read.' : `It cannot be read (${message}).`;
    issues.push({ code: 'unreadable-file', severity: 'error', message: reason, place: { path } });
  };
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(ending));
  } catch (error) {
    refuse(folder, error);
    return [];
  }
  return names.sort().flatMap((name) => {
    const path = join(folder, name);
    try {
      if (statSync(path).size > largestFile) throw new Error('it has more than 5 MB');
      return [{ name, text: readFileSync(path, 'utf8') }];
    } catch (error) {
      refuse(path, error);
      return [];
    }
  });
}
