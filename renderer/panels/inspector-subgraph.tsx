import { Package, PackageOpen, SquareArrowOutDownRight, X } from 'lucide-react';
import { toggleExposed } from '#core/document/open-graph';
import { timesUsed } from '#core/document/own-subgraph';
import { addressText } from '#core/document/schema';
import { inputsId } from '#core/document/subgraph';
import { removePort, setPortLabel, setSubgraphTitle, type Side } from '#core/document/subgraph-ports';
import { makePort, openSubgraph, subgraphAt, unpackSubgraphs } from '../commands/subgraphs';
import { PortSign } from '../look/port-sign';
import { words } from '../look/words';
import { documentStore, useDocument } from '../stores/document-store';
import type { InspectedNode } from './inspector-props';
import { Section } from './inspector-section';
import './inspector-subgraph.css';
import { InspectorTitle } from './inspector-title';
import { nodeTitle } from './issue-place';

const text = words.subgraphs;

/** What a node that stands for a subgraph is: what it has inside, how often it is used, and the ways in and out. */
export function InspectorSubgraph({ id }: { id: string }) {
  const subgraph = useDocument(({ document }) => subgraphAt(document, id));
  const inside = useDocument(({ whole }) =>
    subgraph === undefined ? undefined : whole.subgraphs?.[subgraph],
  );
  const used = useDocument(({ whole }) => (subgraph === undefined ? 0 : timesUsed(whole, subgraph)));
  if (subgraph === undefined || inside === undefined) return null;
  return (
    <Section title={text.parts(Object.keys(inside.nodes).length)}>
      <InspectorTitle
        key={subgraph}
        label={text.title}
        value={inside.title}
        placeholder={text.untitled}
        onChange={(title) =>
          documentStore.actions.editWhole((whole) => setSubgraphTitle(whole, subgraph, title))
        }
      />
      {used < 2 ? null : <p className="caption">{text.used(used)}</p>}
      <div className="inspector-subgraph-actions">
        <button type="button" className="button" onClick={() => openSubgraph(id)}>
          <SquareArrowOutDownRight size={13} aria-hidden="true" /> {text.openHere}
        </button>
        <button type="button" className="button" data-kind="quiet" onClick={() => unpackSubgraphs([id])}>
          <PackageOpen size={13} aria-hidden="true" /> {text.unpackHere}
        </button>
      </div>
    </Section>
  );
}

/** One side of the open subgraph: its ports, each with a name, and one more from any port inside. */
export function InspectorSide({ id, definition, document, catalogue }: InspectedNode) {
  const subgraph = useDocument((state) => state.document.inside);
  const side: Side = id.endsWith(inputsId) ? 'inputs' : 'outputs';
  const ports = Object.entries(side === 'inputs' ? definition.outputs : definition.inputs);
  if (subgraph === undefined) return null;
  const wired = new Set(
    document.edges
      .filter(({ from, to }) => (side === 'inputs' ? from : to).startsWith(`${id}.`))
      .map(({ from, to }) => (side === 'inputs' ? to : from)),
  );
  const offered = Object.entries(document.nodes).flatMap(([node, { type }]) => {
    const kind = catalogue.get(type);
    if (kind === undefined || kind.hidden === true) return [];
    return Object.entries(kind[side]).flatMap(([port, { label }]) =>
      wired.has(addressText({ node, port }))
        ? []
        : [{ node, port, label: `${nodeTitle(document, catalogue, node)} · ${label}` }],
    );
  });
  return (
    <>
      <header className="inspector-head" data-group={definition.group}>
        <span className="inspector-icon">
          <Package size={18} aria-hidden="true" />
        </span>
        <div className="inspector-head-words">
          <h2 className="inspector-subgraph-side">{text[side]}</h2>
          <p className="inspector-summary">{side === 'inputs' ? text.inputsHint : text.outputsHint}</p>
        </div>
      </header>
      <Section title={text[side]}>
        {ports.length === 0 ? <p className="caption">{text.noPorts}</p> : null}
        <ul className="inspector-subgraph-ports">
          {ports.map(([name, { type, label }]) => (
            <li key={name}>
              <PortSign type={type} />
              <InspectorTitle
                label={text.portName(label)}
                value={label}
                placeholder={name}
                onChange={(next) =>
                  documentStore.actions.editWhole((whole) => setPortLabel(whole, subgraph, side, name, next))
                }
              />
              <button
                type="button"
                className="icon-button"
                aria-label={text.removePort(label)}
                title={text.removePort(label)}
                onClick={() =>
                  documentStore.actions.editWhole((whole) => removePort(whole, subgraph, side, name))
                }
              >
                <X size={13} />
              </button>
            </li>
          ))}
        </ul>
        {offered.length === 0 ? null : (
          <select
            className="input"
            aria-label={text.addPort}
            value=""
            onChange={(event) => {
              const one = offered[Number(event.target.value)];
              if (one !== undefined) makePort(side, one);
            }}
          >
            <option value="" disabled>
              {text.addPort}…
            </option>
            {offered.map(({ label }, place) => (
              <option key={label} value={place}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Section>
    </>
  );
}

/** Shows a param of a node inside on the subgraph itself, or no longer. */
export function ShowOnSubgraph({ node, param, label }: { node: string; param: string; label: string }) {
  const isShown = useDocument(
    ({ document }) =>
      document.exposed?.some((one) => one.param === addressText({ node, port: param })) === true,
  );
  return (
    <button
      type="button"
      className="icon-button inspector-expose"
      aria-pressed={isShown}
      aria-label={text.expose(label)}
      title={isShown ? text.unexpose(label) : text.expose(label)}
      onClick={() => documentStore.actions.edit((document) => toggleExposed(document, node, param))}
    >
      <Package size={13} />
    </button>
  );
}
