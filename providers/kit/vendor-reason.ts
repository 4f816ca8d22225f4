/** Where an object that is a reason has its words. */
const inside = ['detail', 'message', 'msg', 'title', 'type'];

/**
 * Why a vendor says no, wherever its body has it: the first of these fields with a text, an object that has one, or a list
 * of them (what is wrong with each field). `undefined` where it gives no reason, and for a body that is none of the vendor's.
 */
export function reasonIn(body: unknown, fields: readonly string[] = inside): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const values = new Map<string, unknown>(Object.entries(body));
  return fields.map((field) => textOf(values.get(field))).find((text) => text !== '');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('; ');
  return reasonIn(value) ?? '';
}
