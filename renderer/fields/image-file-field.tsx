import { Image, ImagePlus, TriangleAlert, X } from 'lucide-react';
import { useState, type DragEvent } from 'react';
import type { JsonValue } from '#core/json';
import { fileRefSchema, type FileRef } from '#core/param';
import { choosePicture, takeInFiles } from '../commands/pictures';
import { folderName } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import type { ControlOf } from './field-props';

const said = words.fields.picture;

/**
 * A picture file: its thumbnail and name; choose one, drop one, take it away. Whether the file is there is for the plan to
 * say (`invalid`): a path counts without any stored content. On a card the picture well shows the picture already.
 */
export function ImageFileField({
  id,
  label,
  value,
  disabled,
  compact,
  invalid,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'image-file'>) {
  const [over, setOver] = useState(false);
  const read = fileRefSchema.safeParse(value);
  const file: FileRef | null = read.success ? (read.data as FileRef) : null;
  const isMissing = file !== null && invalid;
  const set = (next: FileRef | null) => {
    onChange(next as JsonValue);
    onCommit();
  };
  const choose = async () => {
    const chosen = await choosePicture();
    if (chosen !== undefined) set(chosen.file);
  };
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    if (disabled) return;
    const [first] = await takeInFiles([...event.dataTransfer.files]);
    if (first !== undefined) set(first.file);
  };
  return (
    <div
      className="image-file-field nodrag"
      data-over={over}
      data-empty={file === null}
      data-missing={isMissing}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <button
        type="button"
        id={id}
        className="image-file-field-choose"
        disabled={disabled}
        aria-label={file === null ? said.chooseFor(label) : said.change(label, file.name, whereItIs(file))}
        aria-describedby={describedBy}
        onClick={() => void choose()}
      >
        {file === null ? (
          <>
            <ImagePlus size={16} aria-hidden="true" />
            <span>{said.choose}</span>
          </>
        ) : (
          <>
            <span className="image-file-field-thumb checkerboard">
              {isMissing ? (
                <TriangleAlert size={16} aria-hidden="true" />
              ) : compact || file.hash === undefined ? (
                <Image size={16} aria-hidden="true" />
              ) : (
                <Picture hash={file.hash} alt="" />
              )}
            </span>
            <span className="image-file-field-words">
              <span className="one-line">{file.name}</span>
              {compact ? null : <span className="caption one-line">{whereItIs(file)}</span>}
            </span>
          </>
        )}
      </button>
      {file === null ? null : (
        <button
          type="button"
          className="icon-button"
          data-size="small"
          aria-label={said.takeAway}
          title={words.fields.takeAway}
          disabled={disabled}
          onClick={() => set(null)}
        >
          <X size={13} />
        </button>
      )}
    </div>
  );
}

function whereItIs({ path }: FileRef): string {
  if (path === undefined) return said.stored;
  return folderName(path) === '' ? said.beside : folderName(path);
}
