import { useCallback, useMemo, useRef } from 'react';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';
import { inspectorActions } from './inspector-actions';
import { InspectorMany } from './inspector-many';
import { InspectorNode } from './inspector-node';
import type { InspectorContext } from './inspector-props';
import { InspectorUnknown } from './inspector-unknown';
import { InspectorWorkflow } from './inspector-workflow';
import './inspector.css';
import { stepsOfNode } from './run-words';
import { useNow } from './use-now';

/** The right panel: follows the selection; with none it is about the workflow. */
export function Inspector() {
  const document = useDocument((state) => state.document);
  const selected = useSession((state) => state.selected);
  const settings = useSession((state) => state.settings);
  const providers = useSession((state) => state.providers);
  const secrets = useSession((state) => state.secrets);
  const catalogue = useSession((state) => state.catalogue);
  const planned = useRun((state) => state.planned);
  const outputs = useRun((state) => state.outputs);
  const pods = useRun((state) => state.pods);
  const ids = useMemo(
    () => [...selected].filter((id) => Object.hasOwn(document.nodes, id)),
    [selected, document],
  );
  const context: InspectorContext = {
    document,
    catalogue,
    providers,
    settings,
    secrets,
    podOf: (provider) => pods.find(({ usedBy }) => usedBy?.includes(provider)),
    planned: (node) => planned.get(node),
    outputsOf: (node) => outputs.get(node),
    actions: inspectorActions,
  };
  const [first] = ids;
  const about = ids.length > 1 ? 'many' : (first ?? '');
  const scrolled = useRef(new Map<string, number>());
  const restore = useCallback(
    (panel: HTMLElement | null) => {
      const before = scrolled.current.get(about);
      if (panel !== null && before !== undefined) panel.scrollTop = before;
    },
    [about],
  );
  return (
    <aside
      key={about}
      ref={restore}
      className="inspector"
      aria-label={words.inspector.label}
      onScroll={(event) => scrolled.current.set(about, event.currentTarget.scrollTop)}
    >
      {first === undefined ? (
        <Workflow {...context} />
      ) : ids.length > 1 ? (
        <InspectorMany {...context} ids={ids} />
      ) : (
        <One {...context} id={first} />
      )}
    </aside>
  );
}

function Workflow(context: InspectorContext) {
  const plan = useRun((state) => state.plan);
  return <InspectorWorkflow {...context} plan={plan ?? undefined} />;
}

const none: readonly never[] = [];

function One({ id, ...context }: InspectorContext & { id: string }) {
  const issues = useRun((state) => state.issues.get(id)) ?? none;
  const run = useRun((state) => state.run);
  const now = useNow();
  const node = context.document.nodes[id];
  if (node === undefined) return null;
  const definition = context.catalogue.get(node.type);
  if (definition === undefined) return <InspectorUnknown type={node.type} />;
  const steps = run === null ? none : stepsOfNode(run.steps.values(), id);
  return (
    <InspectorNode
      {...context}
      id={id}
      node={node}
      definition={definition}
      issues={issues}
      steps={steps}
      now={now}
    />
  );
}
