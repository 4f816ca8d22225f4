/**
 * The links in a result whose shape nobody promises: a link, or lists and objects that have some under these names, however
 * deep, each once. Where an object has none under them, `otherwise` takes every link in it.
 */
export function linksIn(
  result: unknown,
  names: readonly string[],
  otherwise: 'none' | 'every' = 'none',
): string[] {
  if (typeof result === 'string') return /^https?:/.test(result) ? [result] : [];
  if (typeof result !== 'object' || result === null) return [];
  const inside = (values: unknown[]) => [
    ...new Set(values.flatMap((value) => linksIn(value, names, otherwise))),
  ];
  if (Array.isArray(result)) return inside(result);
  const fields = new Map(Object.entries(result));
  const usual = inside(names.map((name) => fields.get(name)));
  return usual.length > 0 || otherwise === 'none' ? usual : inside([...fields.values()]);
}
