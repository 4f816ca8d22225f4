import { z } from 'zod';
import type { FreeTools } from '#core/provider';
import type { FileFacts } from '#core/pod-install';
import { answered } from './vendor-answer';

/**
 * What Hugging Face says of a model file. Source: the Hub's own interface (huggingface.co/docs/hub/api): `GET
 * /api/models/{repo}` and `GET /api/models/{repo}/tree/{revision}/{folder}`; a large file's `lfs.oid` is its SHA-256.
 */

export const huggingFace = 'https://huggingface.co';

const addressPattern =
  /^https:\/\/huggingface\.co\/([\w.-]+\/[\w.-]+)\/resolve\/([\w.-]+)\/([^?#]+)(?:[?#].*)?$/;
const text = z.string().nullish().catch(null);
const repositorySchema = z.object({
  gated: z.union([z.boolean(), z.string()]).nullish().catch(null),
  cardData: z.object({ license: text, license_name: text }).nullish().catch(null),
});
const treeSchema = z.array(
  z.object({
    path: z.string(),
    size: z.number().int().positive().nullish().catch(null),
    lfs: z
      .object({ oid: z.string().regex(/^[0-9a-f]{64}$/) })
      .nullish()
      .catch(null),
  }),
);

/** Nothing for an address elsewhere, and where the Hub does not answer. */
export async function lookUpFile(url: string, tools: Pick<FreeTools, 'ask'>): Promise<FileFacts | undefined> {
  const [, repository, revision, path] = addressPattern.exec(url) ?? [];
  if (repository === undefined || revision === undefined || path === undefined) return undefined;
  const ask = (rest: string) =>
    answered(
      tools.ask({ method: 'GET', url: `${huggingFace}/api/models/${repository}${rest}`, timeout: 15_000 }),
    );
  const folder = path.includes('/') ? `/${path.slice(0, path.lastIndexOf('/'))}` : '';
  const [about, listed] = await Promise.all([ask(''), ask(`/tree/${revision}${folder}`)]);
  const tree = listed.ok ? treeSchema.safeParse(listed.answer.json).data : undefined;
  const file = tree?.find((entry) => entry.path === decodeURIComponent(path));
  const said = about.ok ? repositorySchema.safeParse(about.answer.json).data : undefined;
  if (tree === undefined && said === undefined) return undefined;
  const licence = said?.cardData?.license_name ?? said?.cardData?.license;
  const isGated = said?.gated !== undefined && said.gated !== null && said.gated !== false;
  return {
    ...(file?.size ? { bytes: file.size } : {}),
    ...(file?.lfs ? { sha256: file.lfs.oid } : {}),
    ...(licence ? { licence } : {}),
    ...(isGated ? { gate: { page: `${huggingFace}/${repository}`, variable: 'HF_TOKEN' } } : {}),
    // A list of a thousand may be a part of it.
    ...(tree !== undefined && file === undefined && tree.length < 1000 ? { isGone: true } : {}),
  };
}
