import { X } from 'lucide-react';
import { addressText, portAddressOf } from '#core/document/schema';
import { PortSign } from '../look/port-sign';
import { words } from '../look/words';
import type { InspectedNode } from './inspector-props';
import { Section } from './inspector-section';
import { nodeTitle } from './issue-place';
import { shelfPorts, sourcesOf } from './shelf-order';

const said = words.inspector.inputs;

/** Every input that is no shelf: what is wired to it, and what is missing. */
export function InspectorInputs({ id, definition, document, catalogue, actions }: InspectedNode) {
  const shelves = new Set(shelfPorts(definition));
  const inputs = Object.entries(definition.inputs).filter(([port]) => !shelves.has(port));
  if (inputs.length === 0) return null;
  return (
    <Section title={said.title}>
      <ul className="inspector-inputs">
        {inputs.map(([port, input]) => {
          const to = addressText({ node: id, port });
          const sources = sourcesOf(document, to);
          return (
            <li key={port} className="inspector-input">
              <PortSign type={input.type} many={input.takes === 'all'} />
              <span className="inspector-input-label one-line">{input.label}</span>
              {sources.length === 0 ? (
                <span className="inspector-input-none" data-required={input.required}>
                  {input.required ? said.needs(input.type) : said.notWired}
                </span>
              ) : (
                <span className="inspector-input-sources">
                  {sources.map((from) => {
                    const { node } = portAddressOf(from);
                    const title = nodeTitle(document, catalogue, node);
                    return (
                      <span key={from} className="chip inspector-input-chip">
                        <button type="button" className="one-line" onClick={() => actions.show(node)}>
                          {title}
                        </button>
                        <button
                          type="button"
                          aria-label={said.cutFrom(title)}
                          title={words.inspector.cutWire}
                          onClick={() => actions.disconnect(from, to)}
                        >
                          <X size={11} />
                        </button>
                      </span>
                    );
                  })}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
