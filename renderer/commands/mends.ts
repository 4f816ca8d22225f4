import type { Issue } from '#core/issue';
import type { PlannedNode } from '#core/plan/planned';
import { words } from '../look/words';
import { openPods } from './pods';
import { openRoutes } from './routes';
import { goToNode } from './subgraphs';
import { sessionStore } from '../stores/session-store';

/** The one thing to do about a problem, in two or three words. */
export interface Mend {
  words: string;
  run: () => void;
}

const byRoute = new Set(['no-route', 'unknown-route', 'wrong-route', 'lora-base']);

/** What helps against an issue; `undefined` where it has no place. */
export function mendOf({ code, place, pod }: Issue): Mend | undefined {
  const { node, param } = place;
  if (pod !== undefined) return { words: words.plan.mend.pods, run: openPods };
  if (node === undefined) return undefined;
  if (byRoute.has(code) || (code.startsWith('refused-') && code !== 'refused-prompt'))
    return { words: words.plan.mend.route, run: () => openRoutes(node) };
  if (code === 'no-file' && param !== undefined)
    return { words: words.plan.mend.file, run: () => goToField(node, param) };
  if (param !== undefined) return { words: words.plan.mend.field, run: () => goToField(node, param) };
  return { words: words.plan.mend.show, run: () => goToNode(node) };
}

/** What helps a blocked node: its own problem, else the first of those it waits for. */
export function mendOfNode(
  planned: PlannedNode | undefined,
  issues: readonly Issue[] | undefined,
  titleOf: (node: string) => string,
): Mend | undefined {
  const own = issues?.find(({ severity }) => severity === 'error');
  if (own !== undefined) return mendOf(own);
  for (const reason of planned?.reasons ?? [])
    if (reason.code === 'blocked-by') {
      const [first] = reason.nodes;
      if (first !== undefined)
        return { words: words.plan.mend.first(titleOf(first)), run: () => goToNode(first) };
    }
  return undefined;
}

/** Selects a node and puts the focus into one of its fields. */
export function goToField(node: string, param: string): void {
  sessionStore.actions.set({ inspector: true });
  goToNode(node, () =>
    // The inspector draws the node in the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => focusField('.inspector', `${node}.${param}`))),
  );
}

/** Puts the focus into the field of a param (`node.param`) within a part of the window; whether it is there. */
export function focusField(within: string, param: string): boolean {
  const field = document.querySelector(`${within} [data-param="${CSS.escape(param)}"]`);
  const control = field?.querySelector<HTMLElement>(
    '.field-control :is(input, textarea, button, [tabindex])',
  );
  control?.focus();
  field?.scrollIntoView({ block: 'nearest' });
  return control !== null && control !== undefined;
}
