import { shownParams, type ParamSpec } from '../param';
import type { NodeCatalogue } from '../node';
import { portAddressOf, type Exposed, type Form, type WorkflowDocument } from './schema';

/** Pure edits of the form: which params are on it, in which order and words, and what it shows. */

export function isExposed(document: WorkflowDocument, param: string): boolean {
  return document.exposed?.some((entry) => entry.param === param) ?? false;
}

/** Puts a param (`node.param`) at the end of the form; one that is there stays where it is. */
export function exposeParam(document: WorkflowDocument, param: string): WorkflowDocument {
  return isExposed(document, param)
    ? document
    : { ...document, exposed: [...(document.exposed ?? []), { param }] };
}

/** A section that began with the param begins with the one after it. */
export function unexposeParam(document: WorkflowDocument, param: string): WorkflowDocument {
  const entries = document.exposed ?? [];
  const at = entries.findIndex((entry) => entry.param === param);
  if (at === -1) return document;
  const { heading } = entries[at]!;
  const left = entries.filter((_entry, place) => place !== at);
  const next = left[at];
  if (heading !== undefined && next !== undefined && next.heading === undefined)
    left[at] = { ...next, heading };
  return withExposed(document, left);
}

/** Changes the words of one param; an empty text goes back to the param's own, or to none. */
export function editExposed(
  document: WorkflowDocument,
  param: string,
  change: Partial<Record<'label' | 'hint' | 'heading', string>>,
): WorkflowDocument {
  const entries = document.exposed ?? [];
  if (!isExposed(document, param)) return document;
  const edited = entries.map((entry) => {
    if (entry.param !== param) return entry;
    const words = Object.entries({ ...entry, ...change }).filter(([, text]) => text !== '');
    return Object.fromEntries(words) as Exposed;
  });
  return withExposed(document, edited);
}

/** Puts a param before another, `null` at the end. A heading stays with its param. */
export function moveExposed(
  document: WorkflowDocument,
  param: string,
  before: string | null,
): WorkflowDocument {
  const entries = document.exposed ?? [];
  const moved = entries.find((entry) => entry.param === param);
  if (moved === undefined || param === before) return document;
  const others = entries.filter((entry) => entry !== moved);
  const place = before === null ? others.length : others.findIndex((entry) => entry.param === before);
  if (place === -1) return document;
  return withExposed(document, [...others.slice(0, place), moved, ...others.slice(place)]);
}

function withExposed(document: WorkflowDocument, exposed: Exposed[]): WorkflowDocument {
  if (exposed.length > 0) return { ...document, exposed };
  const { exposed: _none, ...rest } = document;
  return rest;
}

/** `undefined` takes a part of the form away, and so does an empty text. */
export function editForm(
  document: WorkflowDocument,
  change: { [K in keyof Form]?: Form[K] | undefined },
): WorkflowDocument {
  const { form, ...rest } = document;
  const parts = Object.entries({ ...form, ...change }).filter(
    ([, part]) => part !== undefined && part !== '',
  );
  return parts.length === 0 ? rest : { ...rest, form: Object.fromEntries(parts) as Form };
}

/** A param of the form with what is needed to draw its field. */
export interface FormField extends Exposed {
  node: string;
  name: string;
  /** In the words of the form. */
  spec: ParamSpec;
}

/** The fields of the form in their order, without those whose param is not there, or not shown with the values there are. */
export function formFields(document: WorkflowDocument, catalogue: NodeCatalogue): FormField[] {
  return (document.exposed ?? []).flatMap((entry) => {
    const { node: id, port: name } = portAddressOf(entry.param);
    const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;
    const definition = node && catalogue.get(node.type);
    if (node === undefined || definition === undefined) return [];
    const found = shownParams(definition.params, node.params).find(([shown]) => shown === name);
    if (found === undefined) return [];
    const { label = found[1].label, hint = found[1].hint } = entry;
    const spec = { ...found[1], label, ...(hint === undefined ? {} : { hint }) };
    return [{ ...entry, node: id, name, spec }];
  });
}

function givesPictures(document: WorkflowDocument, catalogue: NodeCatalogue, id: string): boolean {
  const definition = catalogue.get(document.nodes[id]?.type ?? '');
  if (definition === undefined || definition.group === 'source') return false;
  return Object.values(definition.outputs).some(({ type }) => type === 'image');
}

/** The nodes that may be shown as results: those that make or pass on pictures, from left to right. */
export function resultNodes(document: WorkflowDocument, catalogue: NodeCatalogue): string[] {
  const placeOf = (id: string) => document.layout[id] ?? [0, 0];
  return Object.keys(document.nodes)
    .filter((id) => givesPictures(document, catalogue, id))
    .sort((left, right) => {
      const [[x, y], [otherX, otherY]] = [placeOf(left), placeOf(right)];
      return x - otherX || y - otherY;
    });
}

/** The nodes whose pictures the form shows: the chosen ones, else those nothing else that gives pictures is wired from. */
export function shownResults(document: WorkflowDocument, catalogue: NodeCatalogue): string[] {
  const able = new Set(resultNodes(document, catalogue));
  const chosen = document.form?.results?.filter((id) => able.has(id));
  if (chosen !== undefined && chosen.length > 0) return chosen;
  const goesOn = new Set(
    document.edges
      .filter(({ to }) => able.has(portAddressOf(to).node))
      .map(({ from }) => portAddressOf(from).node),
  );
  return [...able].filter((id) => !goesOn.has(id));
}
