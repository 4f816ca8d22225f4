import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { ReactCrop } from 'react-image-crop';
import 'react-image-crop/dist/ReactCrop.css';
import { pictureAddress } from '#core/ipc';
import type { ImageRef } from '#core/values';
import { framingOf, setFrame } from '../commands/cropping';
import { aspects } from '../fields/size-presets';
import { focusItself } from '../look/focus-itself';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { sessionStore, useSession } from '../stores/session-store';
import { areaOf, frameOf, shapedFrame, type FramePart } from './crop-area';
import './crop-dialog.css';
import { inputPictures } from './input-pictures';
import { nodeTitle } from './issue-place';
import { NoPicture } from './no-picture';

const said = words.cropping;
const close = () => sessionStore.actions.set({ overlay: null });
/** The shape lasts from one crop to the next. */
let lastShape = 'free';
function remember(shape: string): void {
  lastShape = shape;
}

/** Chooses the part of a picture that a node keeps, on the picture. */
export function CropDialog({ overlay: { node } }: { overlay: { node: string } }) {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const outputs = useRun((state) => state.outputs);
  const there = document.nodes[node];
  const framing = framingOf(there?.type);
  if (there === undefined || framing === undefined) return null;
  const { source, pictures } = inputPictures(document, (id) => outputs.get(id), node, framing.over);
  const title = said.title(nodeTitle(document, catalogue, node));
  const [image] = pictures;
  const valueOf = (name: string) =>
    Number(there.params[name] ?? catalogue.get(there.type)?.params[name]?.initial);
  const isChosen = there.params[framing.when.param] === framing.when.is;
  const area = {
    left: valueOf(framing.left),
    top: valueOf(framing.top),
    width: valueOf(framing.width),
    height: valueOf(framing.height),
  };
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : close())}>
      <Dialog.Portal>
        {image === undefined ? (
          <NoPicture
            title={title}
            source={source}
            name={source === undefined ? '' : nodeTitle(document, catalogue, source)}
            onClose={close}
          />
        ) : (
          <Cropper
            title={title}
            image={image}
            first={isChosen ? frameOf(area, image) : { x: 10, y: 10, width: 80, height: 80 }}
            onApply={(frame) => {
              setFrame(node, areaOf(frame, image));
              close();
            }}
          />
        )}
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Cropper({
  title,
  image,
  first,
  onApply,
}: {
  title: string;
  image: ImageRef;
  first: FramePart;
  onApply: (frame: FramePart) => void;
}) {
  const [frame, setFramed] = useState(first);
  const [shape, setShape] = useState(lastShape);
  const ratioOf = (name: string): number | undefined => {
    if (name === 'as-it-is') return image.width / image.height;
    const [wide, high] = aspects.find(({ label }) => label === name)?.ratio ?? [];
    return wide === undefined || high === undefined ? undefined : wide / high;
  };
  const choose = (name: string) => {
    remember(name);
    setShape(name);
    const ratio = ratioOf(name);
    if (ratio !== undefined) setFramed(shapedFrame(frame, ratio, image));
  };
  const aspect = ratioOf(shape);
  const area = areaOf(frame, image);
  const shapes = [
    { name: 'free', label: said.free },
    { name: 'as-it-is', label: said.asItIs },
    ...aspects.map(({ label }) => ({ name: label, label })),
  ];
  return (
    <Dialog.Content className="viewer crop" aria-describedby={undefined} onOpenAutoFocus={focusItself}>
      <header className="viewer-head">
        <Dialog.Title className="viewer-title one-line">{title}</Dialog.Title>
        <span className="viewer-space" />
        <fieldset className="segments crop-shapes" aria-label={said.shape}>
          {shapes.map(({ name, label }) => (
            <button
              key={name}
              type="button"
              className="segment"
              aria-pressed={shape === name}
              onClick={() => choose(name)}
            >
              {label}
            </button>
          ))}
        </fieldset>
        <Dialog.Close className="button">{said.cancel}</Dialog.Close>
        <button type="button" className="button" data-kind="primary" onClick={() => onApply(frame)}>
          {said.apply}
        </button>
      </header>
      <div className="viewer-middle crop-middle">
        <ReactCrop
          crop={{ unit: '%', ...frame }}
          {...(aspect === undefined ? {} : { aspect })}
          keepSelection
          ruleOfThirds
          ariaLabels={{
            cropArea: said.frame,
            nwDragHandle: said.handle,
            nDragHandle: said.handle,
            neDragHandle: said.handle,
            eDragHandle: said.handle,
            seDragHandle: said.handle,
            sDragHandle: said.handle,
            swDragHandle: said.handle,
            wDragHandle: said.handle,
          }}
          onChange={(_, { x, y, width, height }) => setFramed({ x, y, width, height })}
        >
          <img
            className="crop-picture checkerboard"
            src={pictureAddress(image.hash)}
            alt=""
            draggable={false}
          />
        </ReactCrop>
      </div>
      <footer className="paint-foot">
        <output className="value">{said.part(area.width, area.height, area.left, area.top)}</output>
        <span className="viewer-space" />
        <span className="faint">{said.hint}</span>
      </footer>
    </Dialog.Content>
  );
}
