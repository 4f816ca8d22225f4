import { useStore } from '@xyflow/react';
import { ChevronLeft, ChevronRight, Expand, Pin } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { DocumentNode } from '#core/document/schema';
import { hasSteps, type NodeDefinition } from '#core/node';
import type { PlannedNode } from '#core/plan/planned';
import { sizeSchema, type ImageRef, type Size } from '#core/values';
import { durationRange, forecastPrice, pixels } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { DragGrip } from '../panels/drag-grip';
import type { NodeProgress } from '../stores/node-view';
import { togglePin } from '../commands/modes';
import { isPinned } from '../stores/pins';
import { runOnPod, useRun } from '../stores/run-store';
import { sessionStore, useSession } from '../stores/session-store';
import { WhenNear } from './near-only';

const none: readonly ImageRef[] = [];
const texts = words.cards.well;
/** A card's picture at zoom 1, CSS pixels. */
const wellWidth = 256;
/** Taller pictures stand whole in a well of this aspect (width over height). */
const tallest = 0.74;
const widest = 2.4;

type PreviewWidth = 256 | 512 | 1024;

/** The smallest preview that is sharp at this zoom. */
function previewWidth(zoom: number, pixelRatio: number): PreviewWidth {
  const shown = wellWidth * zoom * pixelRatio;
  // A quarter too small is not seen, and saves the next size's memory.
  if (shown <= 320) return 256;
  return shown <= 640 ? 512 : 1024;
}

/** The place of pictures: what is made, what is being made, or what to expect. */
export function CardWell({
  id,
  title,
  node,
  definition,
  planned,
  progress,
}: {
  id: string;
  title: string;
  node: DocumentNode;
  definition: NodeDefinition;
  planned: PlannedNode | undefined;
  progress: NodeProgress | undefined;
}) {
  const pictures = useRun((state) => state.pictures.get(id)) ?? none;
  const chosen = useSession((state) => state.shownPictures[id] ?? 0);
  const isMaking =
    progress?.live === true && (progress.state === 'running' || progress.state === 'collecting');
  const preview = isMaking ? progress.preview : undefined;
  const arrived = isMaking ? progress.arrived : undefined;
  const place = Math.min(chosen, Math.max(0, pictures.length - 1));
  const picture = pictures[place];
  const pinned = useRun((state) => isPinned(node, state.results.get(id), place));
  const expected = expectedSize(node, definition);
  if (arrived !== undefined)
    return (
      <div className="card-well" data-making="true" style={wellShape(expected)}>
        <Arrived title={title} arrived={arrived} />
        <span className="card-working" />
      </div>
    );
  if (picture === undefined && preview === undefined) {
    if (!givesPictures(definition)) return null;
    return (
      <div className="card-well" data-empty="true" data-making={isMaking} style={wellShape(expected)}>
        <Expected size={expected} planned={planned} />
        {isMaking ? <span className="card-working" /> : null}
      </div>
    );
  }
  const isOld = !isMaking && planned?.verdict === 'will-run';
  const turn = (by: number) =>
    sessionStore.actions.showPicture(id, (place + by + pictures.length) % pictures.length);
  const look = () => sessionStore.actions.set({ overlay: { kind: 'viewer', node: id, place } });
  return (
    <div
      className="card-well"
      data-stack={pictures.length > 1}
      data-old={isOld && !pinned}
      data-making={isMaking}
      data-pinned={pinned}
      style={wellShape(picture ?? expected)}
      onDoubleClick={look}
    >
      <SharpPicture
        hash={preview ?? picture?.hash ?? ''}
        alt={pictures.length > 1 ? texts.picture(title, place + 1, pictures.length) : title}
      />
      {isMaking ? <span className="card-working" /> : null}
      <WhenNear>
        {picture === undefined ? null : (
          <button
            type="button"
            className="card-well-button nodrag"
            data-at="look"
            aria-label={texts.look}
            title={texts.lookTip}
            onClick={look}
          >
            <Expand size={13} />
          </button>
        )}
        {picture === undefined ? null : (
          <DragGrip hash={picture.hash} name={title} node={id} className="card-well-button" />
        )}
        {picture === undefined || !hasSteps(definition) ? null : (
          <button
            type="button"
            className="card-well-button nodrag"
            data-at="pin"
            aria-label={texts.keep}
            aria-pressed={pinned}
            title={pinned ? texts.unpinTip : texts.pinTip}
            onClick={() => togglePin([id])}
          >
            <Pin size={13} fill={pinned ? 'currentColor' : 'none'} />
          </button>
        )}
        {pictures.length < 2 ? null : (
          <div className="card-turn nodrag">
            <button type="button" aria-label={texts.before} onClick={() => turn(-1)}>
              <ChevronLeft size={13} />
            </button>
            <span className="value">
              {place + 1}/{pictures.length}
            </span>
            <button type="button" aria-label={texts.next} onClick={() => turn(1)}>
              <ChevronRight size={13} />
            </button>
          </div>
        )}
      </WhenNear>
    </div>
  );
}

/** As large as it is sharp at the canvas's zoom; a small one of many needs no more than the smallest preview. */
function SharpPicture({ hash, alt, isSmall = false }: { hash: string; alt: string; isSmall?: boolean }) {
  const width = useStore(({ transform }) => previewWidth(transform[2], window.devicePixelRatio));
  return <Picture hash={hash} width={isSmall ? 256 : width} alt={alt} />;
}

/** A set while it is made: what is here in the order it came, and a place for each that is still to come. */
function Arrived({
  title,
  arrived: { hashes, of },
}: {
  title: string;
  arrived: NonNullable<NodeProgress['arrived']>;
}) {
  const places = Math.max(of, hashes.length);
  const columns = Math.ceil(Math.sqrt(places));
  const rows = Math.ceil(places / columns);
  const grid = {
    gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))`,
  };
  return (
    <ol className="card-arrived" style={grid} aria-label={texts.arrived(hashes.length, of)}>
      {Array.from({ length: places }, (_, place) => {
        const hash = hashes[place];
        return (
          <li key={place} data-here={hash !== undefined}>
            {hash === undefined ? null : (
              <SharpPicture hash={hash} alt={texts.picture(title, place + 1, of)} isSmall={columns > 2} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Before the first run: the size, the price and the time to expect. */
function Expected({ size, planned }: { size: Size | undefined; planned: PlannedNode | undefined }) {
  const willRun = planned?.verdict === 'will-run' && planned.route !== undefined;
  const onPod = useRun(runOnPod(planned === undefined ? [] : [planned]));
  return (
    <div className="card-expected">
      {size === undefined ? null : <span className="value">{pixels(size)}</span>}
      {willRun ? (
        <span
          className="value card-expected-price price"
          data-free={planned.forecast.price.high === 0 && !onPod}
        >
          {forecastPrice(planned.forecast.price, onPod)}
        </span>
      ) : null}
      {willRun && planned.forecast.seconds.high > 0 ? (
        <span className="value">{durationRange(planned.forecast.seconds)}</span>
      ) : null}
    </div>
  );
}

/** Nodes that make pictures have a well from the start; sources show theirs once they have some. */
function givesPictures(definition: NodeDefinition): boolean {
  const { work } = definition;
  // What is expected of a training stands where its LoRA will be.
  if (
    definition.hidden === true ||
    work.on === 'plan' ||
    work.on === 'wire' ||
    (work.on === 'provider' && work.kind === 'train-lora')
  )
    return false;
  const isPicture = ({ type }: { type: string }) => type === 'image' || type === 'mask';
  return (
    Object.values(definition.outputs).some(isPicture) ||
    (definition.group === 'result' && Object.values(definition.inputs).some(isPicture))
  );
}

/** The size asked for, where a param of the node is one. */
function expectedSize(node: DocumentNode, definition: NodeDefinition): Size | undefined {
  for (const [name, spec] of Object.entries(definition.params)) {
    if (spec.field.kind !== 'size') continue;
    const size = sizeSchema.safeParse(node.params[name] ?? spec.initial);
    if (size.success) return size.data;
  }
  return undefined;
}

function wellShape(size: Size | undefined): CSSProperties {
  if (size === undefined || size.height === 0) return { aspectRatio: '1.6' };
  return { aspectRatio: String(Math.min(widest, Math.max(tallest, size.width / size.height))) };
}
