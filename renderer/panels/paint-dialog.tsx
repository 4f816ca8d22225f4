import {
  Brush,
  ChevronLeft,
  ChevronRight,
  Contrast,
  Eraser,
  Lasso,
  Maximize,
  PaintBucket,
  Redo2,
  Trash2,
  Undo2,
} from 'lucide-react';
import { Dialog, Slider } from 'radix-ui';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { Painting } from '#core/painting';
import { addStroke, fillPainting, paintingOf, setStrokes } from '../commands/painting';
import { runCommand } from '../commands/command-list';
import { focusItself } from '../look/focus-itself';
import { words } from '../look/words';
import { documentStore, useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { sessionStore, useSession } from '../stores/session-store';
import { inputPictures } from './input-pictures';
import { nodeTitle } from './issue-place';
import { NoPicture } from './no-picture';
import { PaintStage, type PaintTool } from './paint-stage';
import './viewer.css';
import './paint-dialog.css';
import type { View } from './viewport';

const said = words.painting;
const close = () => sessionStore.actions.set({ overlay: null });
const [thinnest, widest] = [0.002, 0.5];
/** The brush lasts from one painting to the next. */
let lastTool: PaintTool = { shape: 'brush', does: 'add', width: 0.05 };

/** Paints a mask over the picture that comes to a node. */
export function PaintDialog({ overlay: { node, param } }: { overlay: { node: string; param: string } }) {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const outputs = useRun((state) => state.outputs);
  const there = document.nodes[node];
  const field = paintingOf(there?.type)?.[1].field;
  if (there === undefined || field === undefined) return null;
  const { source, pictures } = inputPictures(document, (id) => outputs.get(id), node, field.over);
  const title = said.title(nodeTitle(document, catalogue, node));
  const valueOf = (name: string | undefined) =>
    name === undefined ? undefined : (there.params[name] ?? catalogue.get(there.type)?.params[name]?.initial);
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Dialog.Portal>
        {pictures.length === 0 ? (
          <NoPicture
            title={title}
            source={source}
            name={source === undefined ? '' : nodeTitle(document, catalogue, source)}
            onClose={close}
          />
        ) : (
          <Painter
            node={node}
            param={param}
            title={title}
            pictures={pictures}
            isInverted={valueOf(field.invert) === true}
            invert={field.invert}
            feather={Number(valueOf(field.feather) ?? 0)}
          />
        )}
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Painter({
  node,
  param,
  title,
  pictures,
  isInverted,
  invert,
  feather,
}: {
  node: string;
  param: string;
  title: string;
  pictures: ReturnType<typeof inputPictures>['pictures'];
  isInverted: boolean;
  invert: string | undefined;
  feather: number;
}) {
  const value = useDocument(({ document }) => document.nodes[node]?.params[param]);
  const painting = strokesIn(value);
  const [tool, setTool] = useState(lastTool);
  const [view, setView] = useState<View | null>(null);
  const [place, setPlace] = useState(0);
  const [spoken, setSpoken] = useState('');
  // Only what was done here is taken back here.
  const [steps, setSteps] = useState({ done: 0, undone: 0 });
  const image = pictures[Math.min(place, pictures.length - 1)];
  if (image === undefined) return null;
  const side = Math.max(image.width, image.height);
  const change = (next: Partial<PaintTool>) => {
    lastTool = { ...tool, ...next };
    setTool(lastTool);
  };
  const kept = (worked: boolean) => {
    if (worked) setSteps(({ done }) => ({ done: done + 1, undone: 0 }));
    return worked;
  };
  const widen = (by: number) => change({ width: Math.min(widest, Math.max(thinnest, tool.width * by)) });
  const undo = () => {
    if (steps.done === 0) return;
    runCommand('edit.undo');
    setSteps(({ done, undone }) => ({ done: done - 1, undone: undone + 1 }));
  };
  const redo = () => {
    if (steps.undone === 0) return;
    runCommand('edit.redo');
    setSteps(({ done, undone }) => ({ done: done + 1, undone: undone - 1 }));
  };
  const turnOver = () => {
    if (invert === undefined) return;
    documentStore.actions.settle();
    documentStore.actions.setParam(node, invert, !isInverted);
    documentStore.actions.settle();
    kept(true);
  };
  const press = (event: KeyboardEvent) => {
    const modified = event.ctrlKey || event.metaKey;
    const key = event.key.toLowerCase();
    if (modified && key === 'z') {
      if (event.shiftKey) redo();
      else undo();
    } else if (modified && key === 'y') redo();
    else if (modified || event.altKey) return;
    else if (key === '[') widen(1 / 1.2);
    else if (key === ']') widen(1.2);
    else if (key === 'e') change({ does: tool.does === 'add' ? 'erase' : 'add' });
    else if (key === 'b') change({ shape: 'brush' });
    else if (key === 'l') change({ shape: 'area' });
    else if (key === '0') setView(null);
    else return;
    event.preventDefault();
  };
  const turn = (by: number) => setPlace((place + by + pictures.length) % pictures.length);
  return (
    <Dialog.Content
      className="viewer paint"
      aria-describedby={undefined}
      onKeyDown={press}
      onOpenAutoFocus={focusItself}
    >
      <header className="viewer-head paint-head">
        <Dialog.Title className="viewer-title one-line">{title}</Dialog.Title>
        {pictures.length < 2 ? null : (
          <span className="chip paint-list">
            <PaintButton label={said.turn.before} onClick={() => turn(-1)}>
              <ChevronLeft size={13} />
            </PaintButton>
            <span className="value">
              {place + 1}/{pictures.length}
            </span>
            <PaintButton label={said.turn.next} onClick={() => turn(1)}>
              <ChevronRight size={13} />
            </PaintButton>
            {said.list(pictures.length)}
          </span>
        )}
        <span className="viewer-space" />
        <div className="paint-tools">
          <PaintButton
            label={said.brush}
            pressed={tool.shape === 'brush'}
            onClick={() => change({ shape: 'brush' })}
          >
            <Brush size={16} />
          </PaintButton>
          <PaintButton
            label={said.area}
            pressed={tool.shape === 'area'}
            onClick={() => change({ shape: 'area' })}
          >
            <Lasso size={16} />
          </PaintButton>
          <PaintButton
            label={said.erase}
            pressed={tool.does === 'erase'}
            onClick={() => change({ does: tool.does === 'add' ? 'erase' : 'add' })}
          >
            <Eraser size={16} />
          </PaintButton>
        </div>
        <span className="paint-size" title={said.sizeTip}>
          <span className="caption">{said.size}</span>
          <Slider.Root
            className="slider-field-track"
            min={0}
            max={100}
            step={1}
            value={[toSlider(tool.width)]}
            disabled={tool.shape === 'area'}
            onValueChange={([next = 0]) => change({ width: fromSlider(next) })}
          >
            <Slider.Track className="slider-field-rail">
              <Slider.Range className="slider-field-range" />
            </Slider.Track>
            <Slider.Thumb className="slider-field-thumb" aria-label={said.size} />
          </Slider.Root>
          <span className="value paint-width">{Math.max(1, Math.round(tool.width * side))} px</span>
        </span>
        <div className="paint-tools">
          <button
            type="button"
            className="button"
            title={said.fillTip}
            onClick={() => kept(fillPainting(node, param))}
          >
            <PaintBucket size={14} aria-hidden="true" /> {said.fill}
          </button>
          <button
            type="button"
            className="button"
            title={said.clearTip}
            disabled={painting.length === 0}
            onClick={() => kept(setStrokes(node, param, []))}
          >
            <Trash2 size={14} aria-hidden="true" /> {said.clear}
          </button>
          {invert === undefined ? null : (
            <button
              type="button"
              className="button"
              aria-pressed={isInverted}
              title={said.invertTip}
              onClick={turnOver}
            >
              <Contrast size={14} aria-hidden="true" /> {said.invert}
            </button>
          )}
        </div>
        <div className="paint-tools">
          <PaintButton label={said.undo} disabled={steps.done === 0} onClick={undo}>
            <Undo2 size={16} />
          </PaintButton>
          <PaintButton label={said.redo} disabled={steps.undone === 0} onClick={redo}>
            <Redo2 size={16} />
          </PaintButton>
          <PaintButton label={said.whole} pressed={view === null} onClick={() => setView(null)}>
            <Maximize size={16} />
          </PaintButton>
        </div>
        <Dialog.Close className="button" data-kind="primary">
          {said.done}
        </Dialog.Close>
      </header>
      <div className="viewer-middle">
        <PaintStage
          image={image}
          painting={painting}
          isInverted={isInverted}
          feather={feather}
          tool={tool}
          view={view}
          onView={setView}
          onStroke={(stroke) => kept(addStroke(node, param, stroke))}
          onSay={setSpoken}
        />
      </div>
      <footer className="paint-foot">
        <span>{painting.length === 0 ? said.none : said.strokes(painting.length)}</span>
        {feather === 0 ? null : <span className="value">{said.feather(feather)}</span>}
        <span className="viewer-space" />
        <span className="faint">{said.hint}</span>
        <output className="only-read-aloud">{spoken}</output>
      </footer>
    </Dialog.Content>
  );
}

const nothing: Painting = [];
function strokesIn(value: unknown): Painting {
  return Array.isArray(value) ? (value as Painting) : nothing;
}

/** Small brushes need finer steps than large ones. */
function toSlider(width: number): number {
  return (Math.log(width / thinnest) / Math.log(widest / thinnest)) * 100;
}
function fromSlider(value: number): number {
  return thinnest * (widest / thinnest) ** (value / 100);
}

function PaintButton({
  label,
  onClick,
  pressed,
  disabled = false,
  children,
}: {
  label: string;
  onClick: () => void;
  pressed?: boolean;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
