import { Crop } from 'lucide-react';
import { setParam } from '#core/document/edit';
import type { Area } from '#core/pictures';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore } from '../stores/session-store';
import { onlySelected, type Command } from './command';

/** How a node's kind holds a part of a picture, if it does. */
export function framingOf(type: string | undefined) {
  return sessionStore.getState().catalogue.get(type ?? '')?.framing;
}

export function openCropping(node: string): void {
  documentStore.actions.settle();
  sessionStore.actions.set({ overlay: { kind: 'crop', node } });
}

/** The part that is kept from now on, in one undo step. */
export function setFrame(node: string, area: Area): void {
  const framing = framingOf(documentStore.getState().document.nodes[node]?.type);
  if (framing === undefined) return;
  const { left, top, width, height, when } = framing;
  documentStore.actions.edit((document) => {
    const values = [
      [when.param, when.is],
      [left, area.left],
      [top, area.top],
      [width, area.width],
      [height, area.height],
    ] as const;
    return values.reduce((changed, [name, value]) => setParam(changed, node, name, value), document);
  });
}

export const croppingCommands: readonly Command[] = [
  {
    id: 'edit.crop',
    title: words.cropping.command,
    heading: words.commands.headings.edit,
    icon: Crop,
    keys: ['Shift+C'],
    enabled: ({ session, document }) =>
      framingOf(document.document.nodes[onlySelected(session) ?? '']?.type) !== undefined,
    run: () => {
      const [only] = sessionStore.getState().selected;
      if (only !== undefined) openCropping(only);
    },
  },
];
