import type { FormField } from '#core/document/edit-exposed';
import { portAddressOf } from '#core/document/schema';
import type { JsonValue } from '#core/json';
import { FieldFor } from '../fields/field-for';
import { translated } from '../look/words';
import { nodeTitle } from '../panels/issue-place';
import { documentStore, useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';

const { setParam, settle } = documentStore.actions;

/** The fields in their sections. */
export function FormFields({ fields }: { fields: readonly FormField[] }) {
  return (
    <div className="form-fields">
      {fields.map((field) => (
        <div key={field.param} className="form-field">
          {field.heading === undefined ? null : <h2 className="form-heading">{field.heading}</h2>}
          <OneField field={field} />
        </div>
      ))}
    </div>
  );
}

function OneField({ field: { param, node, name, spec } }: { field: FormField }) {
  const value = useDocument(({ document }) => {
    const params = document.nodes[node]?.params;
    return (params !== undefined && Object.hasOwn(params, name) ? params[name] : spec.initial) as JsonValue;
  });
  const wired = useDocument(({ document }) => {
    const edge = document.edges.find(({ to }) => to === param);
    if (edge === undefined) return undefined;
    return nodeTitle(document, sessionStore.getState().catalogue, portAddressOf(edge.from).node);
  });
  const problem = useRun((state) =>
    translated(state.issues.get(node)?.find(({ place }) => place.param === name)?.message),
  );
  return (
    <FieldFor
      nodeId={node}
      name={name}
      spec={spec}
      value={value}
      wired={wired}
      problem={problem}
      onChange={(next) => setParam(node, name, next)}
      onCommit={settle}
    />
  );
}
