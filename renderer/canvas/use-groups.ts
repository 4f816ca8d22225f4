import type { NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import type { Box } from '#core/document/arrange';
import type { Point, WorkflowDocument } from '#core/document/schema';
import { dropCards } from '../commands/wire-drop';
import { sessionStore, useSession } from '../stores/session-store';
import type { CardNode, WireEdge } from './flow-elements';
import {
  cardChanges,
  dropped,
  foldedNodes,
  groupOfNode,
  rememberGroups,
  type CanvasNode,
} from './group-nodes';

/** What is drawn of groups, and what a change of one means for its cards. */
export function useGroups(
  document: WorkflowDocument,
  cards: readonly CardNode[],
  wires: readonly WireEdge[],
) {
  const selected = useSession((state) => state.selectedGroups);
  const [held, setHeld] = useState(nothingHeld);
  const [memory] = useState(rememberGroups);
  // A prompt that is written moves no frame.
  const { groups, collapsed } = document;
  const groupNodes = useMemo(
    () => memory.nodes({ groups, collapsed }, cards, selected, held),
    [memory, groups, collapsed, cards, selected, held],
  );
  const folded = useMemo(() => foldedNodes({ groups, collapsed }), [groups, collapsed]);
  const nodes = useMemo((): CanvasNode[] => {
    const shown = folded.size === 0 ? cards : cards.filter(({ id }) => !folded.has(id));
    return groupNodes.length === 0 ? (shown as CanvasNode[]) : [...groupNodes, ...shown];
  }, [cards, folded, groupNodes]);
  const shownWires = useMemo(() => memory.wires(wires, folded), [memory, wires, folded]);

  /** Changes of cards, those of groups among them. What of groups is selected goes to the session. */
  const changesOfCards = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      const { selected: nodesSelected, selectedWires, selectedGroups } = sessionStore.getState();
      const chosen = new Set(selectedGroups);
      let isOther = false;
      for (const change of changes) {
        const group = change.type === 'select' ? groupOfNode(change.id) : undefined;
        if (change.type !== 'select' || group === undefined) continue;
        if (change.selected) chosen.add(group);
        else chosen.delete(group);
        isOther = true;
      }
      if (isOther) sessionStore.actions.select(nodesSelected, selectedWires, chosen);
      return cardChanges(changes, groupNodes, document, cards);
    },
    [cards, document, groupNodes],
  );

  /** Frames of which only some cards are dragged stay where they are until the end. */
  const hold = (dragged: readonly CanvasNode[]) => {
    const ids = new Set(dragged.map(({ id }) => id));
    const frames = new Map<string, Box>();
    for (const node of groupNodes) {
      const members = document.groups?.[node.data.group]?.nodes ?? [];
      const isWhole = ids.has(node.id) || members.every((id) => ids.has(id));
      if (node.type === 'frame' && !isWhole && members.some((id) => ids.has(id)))
        frames.set(node.data.group, {
          ...node.position,
          width: node.width ?? 0,
          height: node.height ?? 0,
        });
    }
    if (frames.size > 0) setHeld(frames);
  };
  const letGo = useCallback(
    (places: Record<string, Point>) => {
      setHeld((frames) => (frames.size === 0 ? frames : nothingHeld));
      dropCards(places, (before) => dropped(before, places, cards));
    },
    [cards],
  );
  return { nodes, wires: shownWires, changesOfCards, hold, letGo };
}

const nothingHeld: ReadonlyMap<string, Box> = new Map();
