import { makesResults } from '#core/node';
import { Play, RotateCcw, StepForward } from 'lucide-react';
import { taskKindOf } from '#core/plan/route';
import type { JsonValue } from '#core/json';
import { shownParams } from '#core/param';
import { FieldFor } from '../fields/field-for';
import { FramingButton } from '../fields/framing-button';
import { forecastPrice } from '../look/format';
import { NodeIcon } from '../look/icons';
import { TakeStepper } from '../look/take-stepper';
import { Tip } from '../look/tip';
import { translated, words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { runOnPod, useRun } from '../stores/run-store';
import { ExposeButton } from './expose-button';
import { InspectorInputs } from './inspector-inputs';
import { InspectorModes } from './inspector-modes';
import { InspectorPlan } from './inspector-plan';
import type { InspectedNode } from './inspector-props';
import { InspectorResults } from './inspector-results';
import { InspectorRoute } from './inspector-route';
import { Section } from './inspector-section';
import { InspectorShelf } from './inspector-shelf';
import { InspectorSide, InspectorSubgraph, ShowOnSubgraph } from './inspector-subgraph';
import { InspectorTitle } from './inspector-title';
import { nodeTitle } from './issue-place';
import { shelfPorts, sourceNodeOf } from './shelf-order';

const said = words.inspector;

/** Everything about one node. */
export function InspectorNode(props: InspectedNode) {
  const { id, node, definition, document, catalogue, issues, actions } = props;
  const isInside = useDocument((state) => state.document.inside !== undefined);
  const plan = props.planned(id);
  const onPod = useRun(runOnPod(plan === undefined ? [] : [plan]));
  if (definition.hidden === true) return <InspectorSide {...props} />;
  const params = shownParams(definition.params, node.params);
  const kind = taskKindOf(definition);
  const runs = makesResults(definition);
  const takes = plan?.takes;
  const wiredTo = (name: string) => {
    const source = Object.hasOwn(definition.inputs, name)
      ? sourceNodeOf(document, `${id}.${name}`)
      : undefined;
    return source === undefined ? undefined : nodeTitle(document, catalogue, source);
  };
  return (
    <>
      <header className="inspector-head" data-group={definition.group}>
        <span className="inspector-icon">
          <NodeIcon name={definition.icon} size={18} />
        </span>
        <div className="inspector-head-words">
          <InspectorTitle
            key={id}
            label={said.nodeName}
            value={node.title ?? ''}
            placeholder={definition.title}
            onChange={(title) => actions.setTitle(id, title)}
          />
          <p className="inspector-summary">
            {node.title === undefined ? '' : `${definition.title}. `}
            {translated(definition.summary)}
          </p>
        </div>
      </header>
      <div className="inspector-actions">
        {runs ? (
          <>
            <button type="button" className="button" onClick={() => actions.run([id])}>
              <Play size={13} aria-hidden="true" /> {said.runToHere}
            </button>
            <button type="button" className="button" onClick={() => actions.runFrom([id])}>
              <StepForward size={13} aria-hidden="true" /> {said.fromHere}
            </button>
            <Tip text={said.againTip}>
              <button
                type="button"
                className="icon-button"
                aria-label={said.again}
                onClick={() => actions.runAgain([id])}
              >
                <RotateCcw size={14} />
              </button>
            </Tip>
            <TakeStepper
              take={node.take ?? 0}
              known={Math.max((node.take ?? 0) + 1, takes?.known ?? 1)}
              price={takes === undefined ? undefined : forecastPrice(takes.next, onPod)}
              onBefore={() => actions.takeBefore([id])}
              onNext={() => actions.takeNext([id])}
            />
          </>
        ) : null}
        <InspectorModes {...props} ids={[id]} />
      </div>
      {definition.work.on === 'parts' ? <InspectorSubgraph id={id} /> : null}
      <InspectorPlan {...props} />
      {params.length === 0 ? null : (
        <Section title={said.settings}>
          {params.map(([name, spec]) => (
            <FieldFor
              key={`${id}.${name}`}
              nodeId={id}
              name={name}
              spec={spec}
              value={(Object.hasOwn(node.params, name) ? node.params[name] : spec.initial) as JsonValue}
              wired={wiredTo(name)}
              aside={
                isInside ? (
                  <ShowOnSubgraph node={id} param={name} label={spec.label} />
                ) : (
                  <ExposeButton param={`${id}.${name}`} label={spec.label} />
                )
              }
              problem={translated(issues.find(({ place }) => place.param === name)?.message)}
              onChange={(value) => actions.setParam(id, name, value)}
              onCommit={actions.endEdit}
            />
          ))}
          <FramingButton id={id} definition={definition} />
        </Section>
      )}
      {shelfPorts(definition).map((port) => (
        <InspectorShelf key={port} id={id} port={port} label={definition.inputs[port]?.label ?? port} />
      ))}
      <InspectorInputs {...props} />
      {kind === undefined ? null : <InspectorRoute {...props} kind={kind} />}
      <InspectorResults {...props} />
    </>
  );
}
