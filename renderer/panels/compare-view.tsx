import { ArrowLeftRight, Maximize, X, ZoomIn } from 'lucide-react';
import { Dialog, ToggleGroup } from 'radix-ui';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { ReactCompareSlider, ReactCompareSliderHandle } from 'react-compare-slider';
import { pictureAddress } from '#core/ipc';
import type { Size } from '#core/values';
import { focusItself } from '../look/focus-itself';
import { percent } from '../look/format';
import { words } from '../look/words';
import type { ComparedPicture } from '../stores/gallery-state';
import { sessionStore, useSession } from '../stores/session-store';
import { panes, pixelDifference, scaleOnto, type PixelDifference } from './compare-maths';
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
  return compared === null ? null : (
    <CompareView pictures={compared} onClose={() => sessionStore.actions.setGallery({ compared: null })} />
  );
}

function CompareView({ pictures, onClose }: { pictures: readonly ComparedPicture[]; onClose: () => void }) {
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
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
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
      </Dialog.Portal>
    </Dialog.Root>
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

/** The longer edge at which pixels are counted. */
const countedEdge = 1024;

async function pixelsOf(hash: string, size: Size): Promise<Uint8ClampedArray> {
  const image = new Image();
  image.crossOrigin = 'anonymous';
  image.src = pictureAddress(hash);
  await image.decode();
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this computer draws no canvas');
  context.drawImage(image, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height).data;
}

/** The difference in words: what is hardly seen is said. */
function Difference({ pictures }: { pictures: readonly ComparedPicture[] }) {
  const [left, right] = [pictures[0]!.image, pictures[1]!.image];
  const [found, setFound] = useState<PixelDifference | null>(null);
  useEffect(() => {
    let isHere = true;
    const look = async () => {
      const scale = Math.min(1, countedEdge / Math.max(left.width, left.height));
      const size = {
        width: Math.max(1, Math.round(left.width * scale)),
        height: Math.max(1, Math.round(left.height * scale)),
      };
      try {
        const [one, two] = await Promise.all([pixelsOf(left.hash, size), pixelsOf(right.hash, size)]);
        if (isHere) setFound(pixelDifference(one, two));
      } catch {
        // A picture that is gone says so in its own place.
        if (isHere) setFound(null);
      }
    };
    void look();
    return () => {
      isHere = false;
    };
  }, [left.hash, left.width, left.height, right.hash]);
  if (found === null) return null;
  const isOtherSize = left.width !== right.width || left.height !== right.height;
  return (
    <output className="value soft">
      {isOtherSize ? `${said.otherSize} ` : ''}
      {found.share === 0 ? said.same : said.differs(percent(found.share), percent(found.most))}
    </output>
  );
}
