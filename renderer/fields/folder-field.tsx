import { Folder, FolderOpen, X } from 'lucide-react';
import { z } from 'zod';
import { chooseFolder } from '../commands/pictures';
import { fileName } from '../look/format';
import { words } from '../look/words';
import type { ControlOf } from './field-props';

const said = words.fields.folder;

const folderSchema = z.object({ path: z.string() });

/** A folder of pictures. */
export function FolderField({
  id,
  label,
  value,
  disabled,
  describedBy,
  onChange,
  onCommit,
}: ControlOf<'folder'>) {
  const read = folderSchema.safeParse(value);
  const path = read.success ? read.data.path : null;
  const set = (next: { path: string } | null) => {
    onChange(next);
    onCommit();
  };
  const choose = async () => {
    const chosen = await chooseFolder();
    if (chosen !== undefined) set(chosen);
  };
  return (
    <div className="image-file-field nodrag" data-empty={path === null}>
      <button
        type="button"
        id={id}
        className="image-file-field-choose"
        disabled={disabled}
        aria-label={path === null ? said.chooseFor(label) : said.change(label, path)}
        aria-describedby={describedBy}
        title={path ?? undefined}
        onClick={() => void choose()}
      >
        {path === null ? (
          <>
            <FolderOpen size={16} aria-hidden="true" />
            <span>{said.choose}</span>
          </>
        ) : (
          <>
            <span className="image-file-field-thumb">
              <Folder size={16} aria-hidden="true" />
            </span>
            <span className="image-file-field-words">
              <span className="one-line">{fileName(path)}</span>
              <span className="caption one-line">{path}</span>
            </span>
          </>
        )}
      </button>
      {path === null ? null : (
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
