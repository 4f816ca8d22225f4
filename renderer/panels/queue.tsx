import {
  closestCenter,
  DndContext,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { GripVertical, Pause, Play, Square, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { QueueEntry, QueueState } from '#core/queue';
import type { RunState } from '#core/run';
import { money, when } from '../look/format';
import { words } from '../look/words';
import './lists.css';
import './queue.css';
import { beforeAfterDrag, queueSum, underWayWords } from './queue-words';

const said = words.queue;

interface QueueActions {
  onMove: (run: string, before: string | null) => void;
  onRemove: (run: string) => void;
  onCancel: (run: string) => void;
  /** Shows the run under way. */
  onOpen: (run: string) => void;
  onPause: () => void;
  onResume: () => void;
}

/** What is under way and what waits, in order; drag, or the arrow keys on a handle, to change it. */
export function Queue({
  queue,
  run,
  now,
  ...actions
}: QueueActions & {
  queue: QueueState;
  /** The run under way as far as this window follows it. */
  run: RunState | null;
  now: Date;
}) {
  const { paused, underWay, waiting, worker } = queue;
  const isEmpty = underWay === null && waiting.length === 0;
  return (
    <section className="list queue" aria-label={said.title} data-paused={paused}>
      <h3 className="list-heading caption queue-heading">
        <span>
          {said.title}
          {paused ? <span className="chip queue-chip">{said.paused}</span> : null}
        </span>
        {isEmpty && !paused ? null : (
          <button
            type="button"
            className="list-heading-action queue-pause"
            onClick={paused ? actions.onResume : actions.onPause}
          >
            {paused ? <Play size={11} aria-hidden="true" /> : <Pause size={11} aria-hidden="true" />}
            {paused ? said.resume : said.pause}
          </button>
        )}
      </h3>
      {isEmpty ? <p className="list-none">{paused ? said.emptyPaused : said.empty}</p> : null}
      {underWay === null ? null : (
        <div className="queue-row" data-under-way="true">
          <span className="runs-dot queue-dot" data-tone={paused ? 'spend' : 'action'} aria-hidden="true" />
          <button
            type="button"
            className="list-words queue-open"
            title={said.showSteps}
            onClick={() => actions.onOpen(underWay.run)}
          >
            <span className="one-line">{underWay.title}</span>
            <span className="caption one-line">{underWayWords(queue, run)}</span>
          </button>
          <Price price={underWay.price} />
          {worker === 'this' ? (
            <button
              type="button"
              className="icon-button"
              data-size="small"
              aria-label={said.cancel(underWay.title)}
              title={said.cancelTip}
              onClick={() => actions.onCancel(underWay.run)}
            >
              <Square size={10} fill="currentColor" />
            </button>
          ) : (
            <span className="queue-no-action" />
          )}
        </div>
      )}
      {waiting.length === 0 ? null : <Waiting waiting={waiting} now={now} {...actions} />}
      {waiting.length === 0 ? null : <p className="list-sum caption">{queueSum(queue)}</p>}
    </section>
  );
}

function Waiting({
  waiting,
  now,
  onMove,
  onRemove,
}: Pick<QueueActions, 'onMove' | 'onRemove'> & { waiting: readonly QueueEntry[]; now: Date }) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const runs = waiting.map(({ run }) => run);
  const move = (run: string, over: string | undefined) => {
    const before = over === undefined ? undefined : beforeAfterDrag(runs, run, over);
    if (before !== undefined) onMove(run, before);
  };
  const drop = ({ active, over }: DragEndEvent) => {
    if (over !== null) move(String(active.id), String(over.id));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
      <SortableContext items={runs} strategy={verticalListSortingStrategy}>
        <ol>
          {waiting.map((entry, place) => (
            <WaitingRun
              key={entry.run}
              entry={entry}
              place={place + 1}
              of={waiting.length}
              now={now}
              onStep={(by) => move(entry.run, runs[place + by])}
              onRemove={() => onRemove(entry.run)}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

function WaitingRun({
  entry,
  place,
  of,
  now,
  onStep,
  onRemove,
}: {
  entry: QueueEntry;
  /** From 1. */
  place: number;
  of: number;
  now: Date;
  onStep: (by: 1 | -1) => void;
  onRemove: () => void;
}) {
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id: entry.run,
  });
  const { title, queuedAt, price } = entry;
  const step = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li
      ref={setNodeRef}
      className="queue-row"
      data-dragging={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      <button
        type="button"
        className="queue-grip"
        {...attributes}
        {...listeners}
        aria-roledescription={said.sortable}
        aria-describedby={undefined}
        aria-label={said.move(title, place, of)}
        title={said.moveTip}
        onKeyDown={step}
      >
        <GripVertical size={13} className="queue-grip-sign" aria-hidden="true" />
        <span className="queue-place value" aria-hidden="true">
          {place}
        </span>
      </button>
      <span className="list-words">
        <span className="one-line">{title}</span>
        <span className="caption one-line">{said.queued(when(queuedAt, now))}</span>
      </span>
      <Price price={price} />
      <button
        type="button"
        className="icon-button"
        data-size="small"
        aria-label={said.takeOut(title)}
        title={said.takeOutTip}
        onClick={onRemove}
      >
        <X size={13} />
      </button>
    </li>
  );
}

function Price({ price }: { price: number }) {
  return (
    <span className="value price" data-free={price === 0} title={said.atMost}>
      {money(price)}
    </span>
  );
}
