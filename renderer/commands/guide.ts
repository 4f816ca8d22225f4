import { portAddressOf, type WorkflowDocument } from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { guideSteps, sessionStore, type GuideStep } from '../stores/session-store';
import { canvas } from './canvas-handle';
import { changeSettings } from './settings';

/** Shows the first steps again, from the beginning. */
export function openGuide(): void {
  sessionStore.actions.set({ guideDone: new Set() });
  void changeSettings({ guide: 'shown' });
}

export function leaveGuide(): void {
  void changeSettings({ guide: 'left' });
}

/** The step to take now; `undefined` when all are taken. */
export function nextStep(done: ReadonlySet<GuideStep>): GuideStep | undefined {
  return guideSteps.find((step) => !done.has(step));
}

/** The prompt, ready to be written in. */
export function showPrompt(): void {
  const node = promptNode(documentStore.getState().document, sessionStore.getState().catalogue);
  if (node === undefined) return;
  sessionStore.actions.select([node]);
  canvas()?.show([node]);
  document
    .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node)}"] textarea`)
    ?.focus({ preventScroll: true });
}

/** The node whose words a model draws: the source of a wired text, else a model node with a text of its own. */
export function promptNode(document: WorkflowDocument, catalogue: NodeCatalogue): string | undefined {
  const definitionOf = (id: string) => catalogue.get(document.nodes[id]?.type ?? '');
  const wired = document.edges
    .map(({ from, to }) => ({ from: portAddressOf(from).node, to: portAddressOf(to).node }))
    .find(({ from, to }) => definitionOf(to)?.group === 'model' && hasText(definitionOf(from)?.params ?? {}));
  return (
    wired?.from ??
    Object.keys(document.nodes).find((id) => {
      const definition = definitionOf(id);
      return definition?.group === 'model' && hasText(definition.params);
    })
  );
}

function hasText(params: Readonly<Record<string, { field: { kind: string } }>>): boolean {
  return Object.values(params).some(({ field }) => field.kind === 'text');
}

function isDone(step: GuideStep): void {
  const { guideDone } = sessionStore.getState();
  if (!guideDone.has(step)) sessionStore.actions.set({ guideDone: new Set([...guideDone, step]) });
}

/** Sees which steps are taken, however they are taken. Gives a function that stops. */
export function followGuide(): () => void {
  /** The document of the last run that was done. */
  let ran: WorkflowDocument | null = null;
  const ends = [
    runStore.subscribe(({ run, tab }, before) => {
      // What another tab has was done before.
      if (tab !== before.tab) return;
      if (run === null || run.closedAt === before.run?.closedAt || run.outcome !== 'done') return;
      const { whole: document } = documentStore.getState();
      if (ran !== null && ran !== document && ran.id === document.id) isDone('change');
      isDone('run');
      ran = document;
    }),
    sessionStore.subscribe(({ overlay }, before) => {
      if (overlay === before.overlay || overlay === null) return;
      if (overlay.kind === 'routes' || overlay.kind === 'move') isDone('route');
      if (overlay.kind === 'settings' && overlay.tab === 'keys') isDone('key');
    }),
    documentStore.subscribe(({ document }, before) => {
      if (document.id === before.document.id && document.routes !== before.document.routes) isDone('route');
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
