import { ArrowLeftRight, Maximize, X, ZoomIn } from 'lucide-react';
import { Dialog, ToggleGroup } from 'radix-ui';
import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { ReactCompareSlider, ReactCompareSliderHandle } from 'react-compare-slider';
import { pictureAddress } from '#core/ipc';
import type { Size } from '#core/values';
import { focusItself } from '../look/focus-itself';
import { words } from '../look/words';
import type { ComparedPicture } from '../stores/gallery-state';
import { sessionStore, useSession } from '../stores/session-store';
import { Difference } from './compare-difference';
import { panes, scaleOnto } from './compare-maths';
import './compare.css';
import { usePanZoom } from './use-pan-zoom';
import type { View } from './viewport';

const said = words.gallery.compare;
type Mode = 'slider' | 'beside' | 'difference';
const modes: readonly Mode[] = ['slider', 'beside', 'difference'];
const letters = ['A', 'B', 'C', 'D'];
const gains = [1, 2, 4, 8, 16, 32];

/** Where pictures lie beside each other, over whatever is open; the window has one of it. */
export function CompareHost() {
  const compared = useSession(({ gallery }) => gallery.compared);
  if (compared === null) return null;
  const close = () => sessionStore.actions.setGallery({ compared: null });
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Dialog.Portal>
        <CompareView pictures={compared} />
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Inside the portal, which is there only after the first drawing: the stage is measured when it is there. */
function CompareView({ pictures }: { pictures: readonly ComparedPicture[] }) {
  const isPair = pictures.length === 2;
  const [chosenMode, setMode] = useState<Mode>(isPair ? 'slider' : 'beside');
  const [isSwapped, setSwapped] = useState(false);
  const [gain, setGain] = useState(1);
  const mode = isPair ? chosenMode : 'beside';
  const laid = isSwapped ? pictures.toReversed() : pictures;
  const stage = useRef<HTMLDivElement>(null);
  const [box, setBox] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = stage.current;
    if (element === null) return;
    const observer = new ResizeObserver(() =>
      setBox({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const first = laid[0]!.image;
  // One picture pixel is one pixel of the screen at 100 %, also on dense screens.
  const shownSize = {
    width: first.width / window.devicePixelRatio,
    height: first.height / window.devicePixelRatio,
  };
  const { columns, rows } = mode === 'beside' ? panes(laid.length, first, box) : { columns: 1, rows: 1 };
  const frame = { width: box.width / columns, height: box.height / rows };
  const { view, isFit, canMove, setView, zoom, handlers } = usePanZoom(
    stage,
    shownSize,
    frame,
    'compare-frame',
  );
  const onePixel = () => setView({ scale: 1, x: 0, y: 0 });
  const actions: Record<string, () => void> = {
    '1': () => setMode('slider'),
    '2': () => setMode('beside'),
    '3': () => setMode('difference'),
    s: () => setSwapped((is) => !is),
    f: () => setView(null),
    z: onePixel,
    '+': () => zoom(1.25),
    '-': () => zoom(0.8),
  };
  const press = (event: KeyboardEvent) => {
    const action =
      event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key.toLowerCase()];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  const picture = (one: ComparedPicture) => <Laid picture={one} onto={first} shown={shownSize} view={view} />;
  return (
    <Dialog.Content
      className="viewer compare"
      aria-describedby={undefined}
      onKeyDown={press}
      onOpenAutoFocus={focusItself}
    >
      <header className="viewer-head">
        <Dialog.Title className="viewer-title">{said.title}</Dialog.Title>
        {isPair ? (
          <>
            <ToggleGroup.Root
              type="single"
              className="compare-modes"
              aria-label={said.mode}
              value={mode}
              onValueChange={(next) => (next === '' ? undefined : setMode(next as Mode))}
            >
              {modes.map((one, place) => (
                <ToggleGroup.Item
                  key={one}
                  value={one}
                  className="compare-mode"
                  title={`${said[one]} (${place + 1})`}
                >
                  {said[one]}
                </ToggleGroup.Item>
              ))}
            </ToggleGroup.Root>
            <button type="button" className="button" title={`${said.swap} (S)`} onClick={actions['s']}>
              <ArrowLeftRight size={14} aria-hidden="true" /> {said.swap}
            </button>
          </>
        ) : null}
        {mode === 'difference' ? (
          <label className="compare-gain">
            <span className="caption">{said.gain}</span>
            <input
              type="range"
              min={0}
              max={gains.length - 1}
              step={1}
              value={gains.indexOf(gain)}
              aria-valuetext={said.gainWords(gain)}
              onChange={({ currentTarget }) => setGain(gains[Number(currentTarget.value)] ?? 1)}
            />
            <span className="value">{said.gainWords(gain)}</span>
          </label>
        ) : null}
        <span className="viewer-space" />
        <span className="value faint viewer-scale">{`${Math.round(view.scale * 100)} %`}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={words.gallery.look.whole}
          title={words.gallery.look.whole}
          aria-pressed={isFit}
          onClick={() => setView(null)}
        >
          <Maximize size={16} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={words.gallery.look.pixels}
          title={words.gallery.look.pixels}
          onClick={onePixel}
        >
          <ZoomIn size={16} />
        </button>
        <Dialog.Close className="icon-button" aria-label={words.gallery.close}>
          <X size={16} />
        </Dialog.Close>
      </header>
      <div
        ref={stage}
        className="viewer-middle compare-stage"
        data-mode={mode}
        data-can-move={canMove}
        style={{
          gridTemplate: `repeat(${rows}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))`,
        }}
        {...handlers}
      >
        {mode === 'slider' ? (
          <ReactCompareSlider
            className="compare-frame compare-slider"
            onlyHandleDraggable
            keyboardIncrement="2%"
            handle={
              <ReactCompareSliderHandle
                aria-label={said.handle}
                buttonStyle={{ backdropFilter: 'none', width: 36, height: 36, boxShadow: 'none' }}
                linesStyle={{ width: 2 }}
              />
            }
            itemOne={picture(laid[0]!)}
            itemTwo={picture(laid[1]!)}
          />
        ) : mode === 'difference' ? (
          <div className="compare-frame compare-difference" style={{ filter: `brightness(${gain})` }}>
            {picture(laid[0]!)}
            <div className="compare-over">{picture(laid[1]!)}</div>
          </div>
        ) : (
          laid.map((one, place) => (
            <figure key={`${place} ${one.image.hash}`} className="compare-frame">
              {picture(one)}
            </figure>
          ))
        )}
      </div>
      <footer className="viewer-foot compare-foot">
        {laid.map((one, place) => (
          <span key={`${place} ${one.image.hash}`} className="one-line soft">
            {said.letter(letters[place] ?? '', one.title)}
          </span>
        ))}
        <span className="viewer-space" />
        {isPair ? <Difference pictures={laid} /> : null}
      </footer>
    </Dialog.Content>
  );
}

/** A picture at the place all share, drawn onto the first one's size. */
function Laid({
  picture: { image, title },
  onto,
  shown,
  view,
}: {
  picture: ComparedPicture;
  onto: Size;
  shown: Size;
  view: View;
}) {
  const scale = scaleOnto(onto, image);
  return (
    <img
      className="viewer-picture"
      data-large-pixels={view.scale >= 4}
      src={pictureAddress(image.hash)}
      alt={title}
      draggable={false}
      width={(shown.width * image.width * scale) / onto.width}
      height={(shown.height * image.height * scale) / onto.height}
      style={{ transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
    />
  );
}
