import { z } from 'zod';
import { outputsSchema } from '#core/values';

/**
 * A bundle, `name.seedloom.zip`: the workflow beside the pictures it names (`pictures/`), and what it takes from the store
 * by content (`stored/<sha256>`): pinned results and, where the person wanted them, results to replay. `bundle.json` lists
 * all of it.
 */
export const manifestName = 'bundle.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Relative, with `/`, of names any file system takes; it leads nowhere but into the bundle's own folder. */
export const safePath = z
  .string()
  .max(400)
  .refine((path) => path.split('/').every(isSafeName), 'a path in a bundle leads out of it');

export const manifestSchema = z.strictObject({
  seedloomBundle: z.literal(1),
  workflow: safePath.refine((path) => !path.includes('/') && path.endsWith('.seedloom')),
  files: z.array(z.strictObject({ path: safePath, hash, bytes: z.number().int().nonnegative() })).max(20_000),
  results: z.array(z.strictObject({ key: hash, outputs: outputsSchema, at: z.iso.datetime() })).max(100_000),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** A name of a file or folder that is one on every system, and never one that climbs, hides or names a device. */
export function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    name.length <= 200 &&
    !/[<>:"\\|?*\p{Cc}]/u.test(name) &&
    !/^\.|[. ]$/.test(name) &&
    !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)
  );
}
