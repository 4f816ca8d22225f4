import { pinPlace } from '../document/edit-modes';
import type { DocumentNode } from '../document/schema';
import type { Issue } from '../issue';
import type { NodeDefinition } from '../node';
import { isImageRef, isLoraRef, storedFiles, type Outputs, type PortType } from '../values';
import type { Knowledge } from './knowledge';

type Item = Outputs[string][number];

function isOfType(type: PortType, item: Item): boolean {
  switch (type) {
    case 'image':
    case 'mask':
      return isImageRef(item);
    case 'text':
      return typeof item === 'string';
    case 'number':
      return typeof item === 'number';
    case 'lora':
      return isLoraRef(item);
  }
}

/** Whether outputs that come from elsewhere are what a node of this kind gives. */
export function fitsOutputs(definition: NodeDefinition, outputs: Outputs): boolean {
  return Object.entries(outputs).every(([port, items]) => {
    const output = Object.hasOwn(definition.outputs, port) ? definition.outputs[port] : undefined;
    return output !== undefined && items.every((item) => isOfType(output.type, item));
  });
}

/** What is wrong with a pinned result, or `undefined`. A pin that is not sound is never made again unasked. */
export function checkPin(
  node: string,
  definition: NodeDefinition,
  place: string,
  pin: Outputs,
  known: Pick<Knowledge, 'picture'>,
): Issue | undefined {
  const issue = (code: string, message: string): Issue => ({
    code,
    severity: 'error',
    message,
    place: { node, path: `nodes.${node}.pins.${place}` },
  });
  if (!fitsOutputs(definition, pin))
    return issue(
      'pinned-wrong',
      `What is pinned at ${node}#${place} is nothing ${definition.title} gives; unpin it.`,
    );
  const isGone = storedFiles(pin).some(({ hash }) => !known.picture(hash));
  if (!isGone) return undefined;
  return issue(
    'pinned-missing',
    `The picture pinned at ${node}#${place} is no longer in the store. Unpin it to make it again, or bring back the data folder that has it.`,
  );
}

/** The places of a node's pins in the order of its steps. */
export function pinnedPlaces(
  pins: Readonly<Record<string, Outputs>> | undefined,
): { index: number; copy: number; place: string }[] {
  return Object.keys(pins ?? {})
    .map((place) => {
      const [index = 0, copy = 0] = place.split('.').map(Number);
      return { index, copy, place };
    })
    .sort((left, right) => left.index - right.index || left.copy - right.copy);
}

/** Every step there is has a pin. Where the items cannot be worked out they are those that have one. */
export function isWhollyPinned(
  { pins = {} }: Pick<DocumentNode, 'pins'>,
  copies: number,
  items: number | undefined,
): boolean {
  const indexes =
    items === undefined
      ? new Set(pinnedPlaces(pins).map(({ index }) => index))
      : Array.from({ length: items }, (_, index) => index);
  let steps = 0;
  for (const index of indexes)
    for (let copy = 0; copy < copies; copy += 1) {
      if (!Object.hasOwn(pins, pinPlace(index, copy))) return false;
      steps += 1;
    }
  return steps > 0;
}
