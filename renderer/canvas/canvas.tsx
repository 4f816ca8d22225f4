import {
  applyEdgeChanges,
  applyNodeChanges,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
  type Connection,
  type Edge as FlowEdge,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  type OnConnectStart,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useDeferredValue, useState, type DragEvent, type MouseEvent } from 'react';
import { addressText, type Point, type WorkflowDocument } from '#core/document/schema';
import type { NodeCatalogue } from '#core/node';
import { canvas } from '../commands/canvas-handle';
import { connectPorts, whyNotConnect } from '../commands/nodes';
import { dropFiles } from '../commands/pictures';
import { holdOverWire } from '../commands/wire-drop';
import { beginWire, endWire, looseWire, offerNodes, rewire, wireToCard } from '../commands/wiring';
import { words } from '../look/words';
import { documentStore, useDocument } from '../stores/document-store';
import { sessionStore, useSession } from '../stores/session-store';
import './canvas.css';
import { CanvasGround } from './canvas-ground';
import { CanvasControls } from './canvas-controls';
import { Card } from './card';
import './card.css';
import './card-well.css';
import { isManyCards, posterZoom } from './density';
import './port.css';
import { rememberDrawn } from './drawn-document';
import { EmptyCanvas } from './empty-canvas';
import { ActionBar } from './action-bar';
import { CanvasMenu } from './canvas-menu';
import { Folded, Frame } from './group-frame';
import { groupOfNode, movedWith, type CanvasNode } from './group-nodes';
import { GuideLines } from './guide-lines';
import { cardsOf, wiresOf, type CardNode, type WireEdge } from './flow-elements';
import { fitOptions, useCanvasHandle, useKeptViewport } from './use-viewport';
import { useGroups } from './use-groups';
import { useSnapping } from './use-snapping';
import { useMoving } from './use-moving';
import { useSteady } from './use-steady';
import { Far } from './near-only';
import { Minimap } from './minimap';
import { LooseWire } from './loose-wire';
import { Wire } from './wire';
import './wire.css';
import { holdCard, Wiring } from './wiring';

const nodeTypes = { card: Card, frame: Frame, folded: Folded };
const edgeTypes = { wire: Wire };
const severalKeys = ['Meta', 'Control', 'Shift'];
const grid: [number, number] = [4, 4];

export function Canvas() {
  // Each workflow has a canvas of its own: nodes of two of them may have the same ids.
  // The inside of a subgraph is seen as a tab is: with a viewport of its own.
  const tab = useDocument(({ tab: id, inside }) => [id, ...inside].join('/'));
  return (
    <ReactFlowProvider key={tab}>
      <CanvasMenu>
        <Flow />
      </CanvasMenu>
    </ReactFlowProvider>
  );
}

/** The ends of a wire as React Flow names them, as ours; `undefined` for anything that is not whole. */
function endsOf({ source, sourceHandle, target, targetHandle }: Connection | FlowEdge) {
  if (!sourceHandle || !targetHandle) return undefined;
  return { from: { node: source, port: sourceHandle }, to: { node: target, port: targetHandle } };
}

const isValid = (connection: Connection | FlowEdge) => {
  const ends = endsOf(connection);
  return ends !== undefined && whyNotConnect(ends.from, ends.to) === null;
};

const connect = (connection: Connection) => {
  const ends = endsOf(connection);
  if (ends !== undefined) connectPorts(ends.from, ends.to);
};

const beginConnection: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (nodeId && handleId)
    beginWire({ node: nodeId, port: handleId }, handleType === 'source' ? 'output' : 'input');
};

const reconnect = (old: WireEdge, connection: Connection) => {
  const before = endsOf(old);
  const after = endsOf(connection);
  if (before !== undefined && after !== undefined)
    rewire({ from: addressText(before.from), to: addressText(before.to) }, after.from, after.to);
};

const dragCard = (_event: unknown, card: CanvasNode, all: CanvasNode[]) => holdCard(card, all);

function Flow() {
  const flow = useReactFlow<CanvasNode, WireEdge>();
  const [drawnOf] = useState(rememberDrawn);
  const document = useDocument((state) => drawnOf(state.document));
  const [cards, setCards] = useFlowElements(document, cardsOf, 'selected');
  const [wires, setWires] = useFlowElements(document, wiresOf, 'selectedWires');
  const isEmpty = useDocument((state) => Object.keys(state.document.nodes).length === 0);
  const isDrawing = useSession((state) => state.drawing !== null);
  const isWireChosen = useSession((state) => state.selectedWires.size > 0);
  const isCardChosen = useSession((state) => state.selected.size > 0);
  const minimap = useSession((state) => state.minimap);
  const isPoster = useStore(({ transform }) => transform[2] < posterZoom);
  // Controls come and go when there is time for it; what is seen of them changes at once.
  const isFar = useDeferredValue(isPoster);
  const [isOver, setIsOver] = useState(false);
  const [isDragging, setIsDragging] = useState(false);
  const groups = useGroups(document, cards, wires);
  const snapping = useSnapping();
  const { changesOfCards, letGo } = groups;
  const { snapped } = snapping;
  useCanvasHandle();
  const { defaultViewport, onMoveEnd } = useKeptViewport();
  const moving = useMoving(onMoveEnd);

  const place = (event: { clientX: number; clientY: number }): Point => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return [x, y];
  };

  const changeCards = useSteady((all: NodeChange<CanvasNode>[]) => {
    const changes = snapped(changesOfCards(all));
    if (changes.length === 0) return;
    setCards((before) => applyNodeChanges(changes, before));
    const moved: Record<string, Point> = {};
    for (const change of changes)
      if (change.type === 'position' && change.dragging !== true && change.position !== undefined)
        moved[change.id] = [change.position.x, change.position.y];
    if (Object.keys(moved).length > 0) letGo(moved);
    if (changes.some(({ type }) => type === 'select')) {
      const { selected, selectedWires, selectedGroups } = sessionStore.getState();
      const next = new Set(selected);
      for (const change of changes)
        if (change.type === 'select')
          if (change.selected) next.add(change.id);
          else next.delete(change.id);
      sessionStore.actions.select(next, selectedWires, selectedGroups);
    }
  });

  const changeWires = useSteady((changes: EdgeChange<WireEdge>[]) => {
    setWires((before) => applyEdgeChanges(changes, before));
    const { selected, selectedWires, selectedGroups } = sessionStore.getState();
    const next = new Set(selectedWires);
    for (const change of changes)
      if (change.type === 'select')
        if (change.selected) next.add(change.id);
        else next.delete(change.id);
    sessionStore.actions.select(selected, next, selectedGroups);
  });

  const endConnection = useSteady(
    (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromHandle, toHandle } = state;
      const point = 'clientX' in event ? event : event.changedTouches[0];
      if (fromHandle?.id && toHandle === null && point !== undefined) {
        const side = fromHandle.type === 'source' ? 'output' : 'input';
        const wire = looseWire({ node: fromHandle.nodeId, port: fromHandle.id }, side);
        const target = window.document.elementFromPoint(point.clientX, point.clientY);
        const card = target?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
        if (wire !== undefined && card !== undefined && groupOfNode(card) === undefined)
          wireToCard(wire, card);
        else if (target?.closest('.react-flow__pane')) offerNodes(wire, place(point));
      }
      endWire();
    },
  );

  const beginDrag = (dragged: readonly CanvasNode[]) => {
    setIsDragging(true);
    groups.hold(dragged);
    snapping.begin(movedWith(dragged, documentStore.getState().document.groups));
  };
  const beginCardDrag = useSteady((_event: unknown, _node: unknown, dragged: CanvasNode[]) =>
    beginDrag(dragged),
  );
  const beginSelectionDrag = useSteady((_event: unknown, dragged: CanvasNode[]) => beginDrag(dragged));
  const endSelectionDrag = useSteady(() => setIsDragging(false));
  const endCardDrag = useSteady((_event: unknown, card: CanvasNode) => {
    setIsDragging(false);
    holdOverWire(card.id, undefined);
  });
  const bendAt = useSteady((event: MouseEvent, { id }: WireEdge) => canvas()?.bend(id, place(event)));
  const bendWithAlt = useSteady((event: MouseEvent, wire: WireEdge) => {
    if (event.altKey) bendAt(event, wire);
  });

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void dropFiles([...event.dataTransfer.files], place(event));
  };

  return (
    <div
      className="canvas"
      data-density={isPoster ? 'poster' : 'card'}
      data-drawing={isDrawing}
      data-chosen={isWireChosen ? 'wire' : isCardChosen ? 'card' : 'nothing'}
      data-over={isOver}
      data-drop={words.cards.drop}
      onDoubleClick={(event: MouseEvent) => {
        if (event.target instanceof Element && event.target.matches('.react-flow__pane'))
          offerNodes(undefined, place(event));
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
      }}
      onDrop={drop}
    >
      <Far value={isFar}>
        <ReactFlow<CanvasNode, WireEdge>
          nodes={groups.nodes}
          edges={groups.wires}
          onNodesChange={changeCards}
          onEdgesChange={changeWires}
          onNodeDragStart={beginCardDrag}
          onSelectionDragStart={beginSelectionDrag}
          onSelectionDragStop={endSelectionDrag}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          isValidConnection={isValid}
          onConnect={connect}
          onConnectStart={beginConnection}
          onConnectEnd={endConnection}
          onReconnect={reconnect}
          onNodeDrag={dragCard}
          onNodeDragStop={endCardDrag}
          onEdgeDoubleClick={bendAt}
          onEdgeClick={bendWithAlt}
          connectionLineComponent={LooseWire}
          connectionRadius={26}
          connectOnClick={false}
          elevateEdgesOnSelect={false}
          minZoom={0.1}
          maxZoom={2.5}
          snapToGrid
          snapGrid={grid}
          panOnScroll
          zoomOnDoubleClick={false}
          panActivationKeyCode={null}
          deleteKeyCode={null}
          selectionKeyCode="Shift"
          multiSelectionKeyCode={severalKeys}
          selectionMode={SelectionMode.Partial}
          onlyRenderVisibleElements={isManyCards(cards.length) && !isFar}
          nodeDragThreshold={3}
          fitViewOptions={fitOptions}
          defaultViewport={defaultViewport}
          onMoveStart={moving.begin}
          onMoveEnd={moving.end}
          attributionPosition="bottom-right"
          aria-label={words.cards.canvas}
        >
          <GuideLines {...snapping.shown} />
          <CanvasGround />
          <Wiring />
          {minimap && !isEmpty ? <Minimap /> : null}
        </ReactFlow>
      </Far>
      {isEmpty ? <EmptyCanvas /> : null}
      {isDragging || isDrawing ? null : <ActionBar nodes={groups.nodes} />}
      <CanvasControls />
    </div>
  );
}

/**
 * React Flow's own array of cards or wires: made from the document, ahead of it only while something is dragged. What
 * React Flow measured stays on the objects.
 */
function useFlowElements<E extends CardNode | WireEdge>(
  document: WorkflowDocument,
  derive: (
    document: WorkflowDocument,
    catalogue: NodeCatalogue,
    selected: ReadonlySet<string>,
    before: readonly E[],
  ) => E[],
  selection: 'selected' | 'selectedWires',
) {
  const catalogue = useSession((state) => state.catalogue);
  const selected = useSession((state) => state[selection]);
  const [made, setMade] = useState<Made<E>>(nothingMade);
  let { elements } = made;
  if (made.document !== document || made.catalogue !== catalogue || made.selected !== selected) {
    elements = derive(document, catalogue, selected, elements);
    setMade({ document, catalogue, selected, elements });
  }
  const change = useCallback(
    (changed: (before: E[]) => E[]) =>
      setMade((before) => ({ ...before, elements: changed([...before.elements]) })),
    [],
  );
  return [elements as E[], change] as const;
}

interface Made<E> {
  /** What they were made from. */
  document?: WorkflowDocument;
  catalogue?: NodeCatalogue;
  selected?: ReadonlySet<string>;
  elements: readonly E[];
}
const nothingMade = { elements: [] };
