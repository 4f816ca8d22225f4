import type { NodeProps } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { inputsId, isBoundary } from '#core/document/subgraph';
import { portAddressOf, type DocumentNode } from '#core/document/schema';
import type { Issue } from '#core/issue';
import type { JsonValue } from '#core/json';
import type { NodeDefinition } from '#core/node';
import { shownParams } from '#core/param';
import { FieldFor } from '../fields/field-for';
import { FramingButton } from '../fields/framing-button';
import { translated, words } from '../look/words';
import { documentStore, useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { sessionStore, useSession } from '../stores/session-store';
import { CardChoice } from './card-choice';
import { CardCompare } from './card-compare';
import { CardFooter } from './card-footer';
import { CardHeader } from './card-header';
import { CardLora } from './card-lora';
import { isOnBench } from './bench';
import { CardShelves } from './card-shelf';
import { cardState } from './card-state';
import { CardShortfall, CardTrouble } from './card-trouble';
import { CardWell } from './card-well';
import type { CardNode } from './flow-elements';
import { wiredTo } from './incoming';
import { modeOf } from './modes-of';
import { farWords, NearOnly, WhenNear } from './near-only';
import { NoteCard } from './note-card';
import { Port } from './port';
import { UnknownCard } from './unknown-card';

/** A node on the canvas. It is drawn anew only when something of this very node changed: not for being moved. */
export const Card = memo(function Card({ id, selected }: NodeProps<CardNode>) {
  const node = useDocument(({ document }) => document.nodes[id]);
  const definition = useSession(({ catalogue }) => catalogue.get(node?.type ?? ''));
  if (node === undefined) return null;
  if (definition === undefined) return <UnknownCard id={id} node={node} selected={selected} />;
  if (definition.look === 'note')
    return <NoteCard id={id} node={node} definition={definition} selected={selected} />;
  return <KnownCard id={id} node={node} definition={definition} selected={selected} />;
}, sameCard);

function sameCard(before: NodeProps<CardNode>, now: NodeProps<CardNode>): boolean {
  return before.id === now.id && before.selected === now.selected;
}

const { setParam, settle } = documentStore.actions;

function KnownCard({
  id,
  node,
  definition,
  selected,
}: {
  id: string;
  node: DocumentNode;
  definition: NodeDefinition;
  selected: boolean;
}) {
  const planned = useRun((state) => state.planned.get(id));
  const issues = useRun((state) => state.issues.get(id));
  const progress = useRun((state) => state.progress.get(id));
  const wired = useDocument(({ document }) => wiredTo(document.edges, id));
  const isBench = useSession(isOnBench(id));
  // By itself, among cards that show only their main settings.
  const isOpened = useSession(({ density }) => isBench && density === 'card');
  const title = node.title ?? definition.title;
  const mode = useDocument(({ document }) => modeOf(document, id));
  const state = cardState(planned, issues, progress, mode);
  const onCard = useMemo(
    () => shownParams(definition.params, node.params).filter(([, spec]) => isBench || spec.onCard),
    [definition, isBench, node.params],
  );
  const onCardNames = new Set(onCard.map(([name]) => name));
  // An input that stands for a param shown here has its port on that row.
  const inputs = Object.entries(definition.inputs).filter(([port]) => !onCardNames.has(port));
  const outputs = Object.entries(definition.outputs);
  const rows = Array.from({ length: Math.max(inputs.length, outputs.length) }, (_, row) => row);
  return (
    <article
      className="card"
      data-group={definition.group}
      data-sign={state.sign}
      data-mode={mode}
      data-selected={selected}
      data-bench={isBench}
      data-opened={isOpened}
    >
      <CardHeader id={id} title={title} definition={definition} planned={planned} mode={mode} />
      {rows.map((row) => {
        const [input, output] = [inputs[row], outputs[row]];
        return (
          <div key={row} className="card-ports">
            {input === undefined ? null : (
              <span className="card-port" data-side="input">
                <Port
                  node={id}
                  nodeTitle={title}
                  port={input[0]}
                  side="input"
                  type={input[1].type}
                  label={input[1].label}
                  many={input[1].takes === 'all'}
                  missing={input[1].required && wired[input[0]] === undefined}
                />
                <WhenNear>
                  <span className="one-line">{input[1].label}</span>
                </WhenNear>
              </span>
            )}
            {output === undefined ? null : (
              <span className="card-port" data-side="output">
                <WhenNear>
                  <span className="one-line">{output[1].label}</span>
                  <Items count={planned?.items[output[0]]} />
                </WhenNear>
                <Port
                  node={id}
                  nodeTitle={title}
                  port={output[0]}
                  side="output"
                  type={output[1].type}
                  label={output[1].label}
                />
              </span>
            )}
          </div>
        );
      })}
      {isBoundary(id) && rows.length === 0 ? (
        <p className="card-border-empty">
          {id.endsWith(inputsId) ? words.subgraphs.noInputs : words.subgraphs.noOutputs}
        </p>
      ) : null}
      {definition.work.on === 'person' ? (
        <CardChoice id={id} title={title} node={node} definition={definition} choice={planned?.choice} />
      ) : definition.shows === 'slider' ? (
        <CardCompare id={id} definition={definition} />
      ) : (
        <CardWell
          id={id}
          title={title}
          node={node}
          definition={definition}
          planned={planned}
          progress={progress}
        />
      )}
      <CardShelves id={id} definition={definition} />
      <CardLora id={id} definition={definition} planned={planned} progress={progress} />
      {state.troubled && progress !== undefined ? <CardTrouble id={id} progress={progress} /> : null}
      {state.sign === 'done' && progress?.shortfall !== undefined ? (
        <CardShortfall shortfall={progress.shortfall} />
      ) : null}
      {onCard.length === 0 ? null : (
        <div className="card-params">
          {onCard.map(([name, spec]) => {
            const input = definition.inputs[name];
            return (
              <div key={name} className="card-param">
                {input === undefined ? null : (
                  <Port
                    node={id}
                    nodeTitle={title}
                    port={name}
                    side="input"
                    type={input.type}
                    label={input.label}
                    many={input.takes === 'all'}
                    missing={input.required && wired[name] === undefined}
                  />
                )}
                <NearOnly
                  about={roomOf(node, name, spec, wired[name] !== undefined, problemOf(issues, name))}
                  far={wired[name] === undefined ? farWords(node.params[name], spec.field) : undefined}
                >
                  <CardParam id={id} node={node} name={name} spec={spec} source={wired[name]?.at(-1)} />
                </NearOnly>
              </div>
            );
          })}
          <FramingButton id={id} definition={definition} />
        </div>
      )}
      <CardFooter
        id={id}
        take={node.take ?? 0}
        definition={definition}
        planned={planned}
        issues={issues}
        progress={progress}
        state={state}
      />
    </article>
  );
}

/** How many items an output gives, when it is a list. */
function Items({ count }: { count: number | undefined }) {
  if (count === undefined || count < 2) return null;
  return (
    <span className="card-items value" title={words.cards.items(count)}>
      {count}
    </span>
  );
}

const problemOf = (issues: readonly Issue[] | undefined, param: string) =>
  translated(issues?.find(({ place }) => place.param === param)?.message);

/** All that makes the control of a param higher or lower. Text on a card is as high as its field says, whatever is in it. */
function roomOf(
  node: DocumentNode,
  name: string,
  { field }: NodeDefinition['params'][string],
  isWired: boolean,
  problem = '',
): string {
  const value = field.kind === 'text' ? '' : JSON.stringify(node.params[name] ?? null);
  return [node.type, name, isWired, problem, value].join('\n');
}

function CardParam({
  id,
  node,
  name,
  spec,
  source,
}: {
  id: string;
  node: DocumentNode;
  name: string;
  spec: NodeDefinition['params'][string];
  source: string | undefined;
}) {
  const wired = useDocument(({ document }) => {
    if (source === undefined) return undefined;
    const from = portAddressOf(source).node;
    const origin = document.nodes[from];
    return origin?.title ?? sessionStore.getState().catalogue.get(origin?.type ?? '')?.title ?? from;
  });
  const problem = useRun((state) => problemOf(state.issues.get(id), name));
  const value = (Object.hasOwn(node.params, name) ? node.params[name] : spec.initial) as JsonValue;
  return (
    <FieldFor
      nodeId={id}
      name={name}
      spec={spec}
      value={value}
      compact
      wired={wired}
      problem={problem}
      onChange={(next) => setParam(id, name, next)}
      onCommit={settle}
    />
  );
}
