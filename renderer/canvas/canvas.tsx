import {
  applyEdgeChanges,
  applyNodeChanges,
  Background,
  BackgroundVariant,
  MiniMap,
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
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useCallback, useState, type DragEvent, type MouseEvent } from 'react';
import { addressText, type Point } from '#core/document/schema';
import { connectPorts, whyNotConnect } from '../commands/nodes';
import { dropFiles } from '../commands/pictures';
import { beginWire, endWire, looseWire, offerNodes, rewire, wireToCard } from '../commands/wiring';
import { documentStore, useDocument } from '../stores/document-store';
import { sessionStore, useSession } from '../stores/session-store';
import './canvas.css';
import { CanvasControls } from './canvas-controls';
import { Card } from './card';
import './card.css';
import './card-well.css';
import './port.css';
import { EmptyCanvas } from './empty-canvas';
import { cardsOf, wiresOf, type CardNode, type WireEdge } from './flow-elements';
import { fitOptions, useCanvasHandle, useKeptViewport } from './use-viewport';
import { LooseWire } from './loose-wire';
import { Wire } from './wire';
import './wire.css';

const nodeTypes = { card: Card };
const edgeTypes = { wire: Wire };
const severalKeys = ['Meta', 'Control', 'Shift'];
const grid: [number, number] = [4, 4];
/** Below this zoom a card is a poster: its picture, its title, its state. */
const posterZoom = 0.45;

export function Canvas() {
  // Each workflow has a canvas of its own: nodes of two of them may have the same ids.
  // The inside of a subgraph is seen as a tab is: with a viewport of its own.
  const tab = useDocument(({ tab: id, inside }) => [id, ...inside].join('/'));
  return (
    <ReactFlowProvider key={tab}>
      <Flow />
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

function Flow() {
  const flow = useReactFlow<CardNode, WireEdge>();
  const [cards, setCards] = useFlowElements(cardsOf, 'selected');
  const [wires, setWires] = useFlowElements(wiresOf, 'selectedWires');
  const isEmpty = useDocument(({ document }) => Object.keys(document.nodes).length === 0);
  const isDrawing = useSession((state) => state.drawing !== null);
  const minimap = useSession((state) => state.minimap);
  const isPoster = useStore(({ transform }) => transform[2] < posterZoom);
  const [isOver, setIsOver] = useState(false);
  useCanvasHandle();
  const { defaultViewport, onMoveEnd } = useKeptViewport();

  const place = (event: { clientX: number; clientY: number }): Point => {
    const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return [x, y];
  };

  const changeCards = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      setCards((before) => applyNodeChanges(changes, before));
      const moved: Record<string, Point> = {};
      for (const change of changes)
        if (change.type === 'position' && change.dragging !== true && change.position !== undefined)
          moved[change.id] = [change.position.x, change.position.y];
      if (Object.keys(moved).length > 0) documentStore.actions.moveNodes(moved);
      if (changes.some(({ type }) => type === 'select')) {
        const { selected, selectedWires } = sessionStore.getState();
        const next = new Set(selected);
        for (const change of changes)
          if (change.type === 'select')
            if (change.selected) next.add(change.id);
            else next.delete(change.id);
        sessionStore.actions.select(next, selectedWires);
      }
    },
    [setCards],
  );

  const changeWires = useCallback(
    (changes: EdgeChange<WireEdge>[]) => {
      setWires((before) => applyEdgeChanges(changes, before));
      const { selected, selectedWires } = sessionStore.getState();
      const next = new Set(selectedWires);
      for (const change of changes)
        if (change.type === 'select')
          if (change.selected) next.add(change.id);
          else next.delete(change.id);
      sessionStore.actions.select(selected, next);
    },
    [setWires],
  );

  const endConnection = (event: globalThis.MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { fromHandle, toHandle } = state;
    const point = 'clientX' in event ? event : event.changedTouches[0];
    if (fromHandle?.id && toHandle === null && point !== undefined) {
      const side = fromHandle.type === 'source' ? 'output' : 'input';
      const wire = looseWire({ node: fromHandle.nodeId, port: fromHandle.id }, side);
      const target = document.elementFromPoint(point.clientX, point.clientY);
      const card = target?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
      if (wire !== undefined && card !== undefined) wireToCard(wire, card);
      else if (target?.closest('.react-flow__pane')) offerNodes(wire, place(point));
    }
    endWire();
  };

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
      data-over={isOver}
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
      <ReactFlow<CardNode, WireEdge>
        nodes={cards}
        edges={wires}
        onNodesChange={changeCards}
        onEdgesChange={changeWires}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        isValidConnection={isValid}
        onConnect={connect}
        onConnectStart={(_event, { nodeId, handleId, handleType }) => {
          if (nodeId && handleId)
            beginWire({ node: nodeId, port: handleId }, handleType === 'source' ? 'output' : 'input');
        }}
        onConnectEnd={endConnection}
        onReconnect={(old, connection) => {
          const before = endsOf(old);
          const after = endsOf(connection);
          if (before !== undefined && after !== undefined)
            rewire({ from: addressText(before.from), to: addressText(before.to) }, after.from, after.to);
        }}
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
        onlyRenderVisibleElements={cards.length > 120}
        nodeDragThreshold={3}
        fitViewOptions={fitOptions}
        defaultViewport={defaultViewport}
        onMoveEnd={onMoveEnd}
        attributionPosition="bottom-right"
        aria-label="Workflow"
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={2} className="canvas-dots" />
        {minimap && !isEmpty ? (
          <MiniMap pannable zoomable className="canvas-minimap" nodeBorderRadius={10} ariaLabel="Minimap" />
        ) : null}
      </ReactFlow>
      {isEmpty ? <EmptyCanvas /> : null}
      <CanvasControls />
    </div>
  );
}

/**
 * React Flow's own array of cards or wires: made from the document, ahead of it only while something is dragged. What
 * React Flow measured stays on the objects.
 */
function useFlowElements<E extends CardNode | WireEdge>(
  derive: (
    document: ReturnType<typeof documentStore.getState>['document'],
    catalogue: ReturnType<typeof sessionStore.getState>['catalogue'],
    selected: ReadonlySet<string>,
    before: readonly E[],
  ) => E[],
  selection: 'selected' | 'selectedWires',
) {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const selected = useSession((state) => state[selection]);
  const [made, setMade] = useState({ document, catalogue, selected, elements: none as readonly E[] });
  let { elements } = made;
  if (
    elements === none ||
    made.document !== document ||
    made.catalogue !== catalogue ||
    made.selected !== selected
  ) {
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

const none: readonly never[] = [];
