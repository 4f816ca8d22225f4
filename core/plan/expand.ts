import type { Issue } from '../issue';
import type { InputSpecs } from '../port';
import type { PlannedItem } from './step';

/** The inputs of each item of a node, or why the lists don't go together. */
export type Expanded = { items: Record<string, PlannedItem[]>[] } | { issue: Issue };

function isOpen(list: readonly PlannedItem[]): boolean {
  return list.some((item) => 'from' in item && item.maybe === true);
}

/**
 * Fan-out: lists into `takes: 'one'` ports go side by side, a list of one goes with each item, `takes: 'all'` ports get
 * their whole list every time. Without any list the node runs once. A list behind a choice may still become shorter: others
 * of a sure length set the count.
 */
export function expandItems(
  nodeId: string,
  inputs: InputSpecs,
  lists: Readonly<Record<string, PlannedItem[]>>,
  isWired: (port: string) => boolean,
): Expanded {
  const issue = (code: string, message: string, port?: string): Expanded => ({
    issue: {
      code,
      severity: 'error',
      message,
      place: { node: nodeId, ...(port === undefined ? {} : { port }) },
    },
  });
  const long: { label: string; port: string; length: number; open: boolean }[] = [];
  for (const [port, spec] of Object.entries(inputs)) {
    const length = lists[port]?.length ?? 0;
    if (length === 0 && isWired(port))
      return issue(
        'empty-list',
        `"${spec.label}" gets an empty list: what is wired to it gives nothing.`,
        port,
      );
    if (length === 0 && spec.required)
      return issue(
        'missing-input',
        `"${spec.label}" needs a wire: connect something that gives ${spec.type}.`,
        port,
      );
    if (spec.takes === 'one' && length > 1) {
      long.push({ label: spec.label, port, length, open: isOpen(lists[port] ?? []) });
    }
  }
  const sure = long.filter(({ open }) => !open);
  const open = long.filter((list) => list.open);
  const [first = open.toSorted((left, right) => left.length - right.length)[0]] = sure;
  const odd =
    sure.find(({ length }) => length !== first?.length) ??
    open.find(({ length }) => length < (first?.length ?? 0));
  if (first !== undefined && odd !== undefined)
    return issue(
      'unequal-lists',
      `"${first.label}" gets ${first.length} items and "${odd.label}" gets ${odd.length}; lists that go side by side need the same length, or one item.`,
      odd.port,
    );
  const count = first?.length ?? 1;
  const items = Array.from({ length: count }, (_, index) =>
    Object.fromEntries(
      Object.entries(inputs).map(([port, spec]) => {
        const list = lists[port] ?? [];
        if (spec.takes === 'all') return [port, list];
        const item = list.length > 1 ? list[index] : list[0];
        return [port, item === undefined ? [] : [item]];
      }),
    ),
  );
  return { items };
}
