import { Keyboard } from 'lucide-react';
import { Popover } from 'radix-ui';
import { keyWords } from '../commands/keyboard';
import { words } from '../look/words';
import { useSession } from '../stores/session-store';
import { Keys } from './palette';

const said = words.gallery;

const rows: readonly (readonly [does: keyof typeof said.keysDo, keys: readonly string[]])[] = [
  ['look', ['Space']],
  ['rate', ['0', '1', '2', '3', '4', '5']],
  ['reject', ['X', 'Delete']],
  ['compare', ['C', '=']],
  ['open', ['Enter']],
  ['search', ['/', 'Mod+F']],
  ['several', ['Shift+ArrowLeft', 'Shift+ArrowRight']],
  ['all', ['Mod+A']],
  ['copy', ['Mod+C']],
  ['saveAs', ['Mod+S']],
  ['back', ['Escape']],
];

/** What the keys do among pictures: the most useful ones in a line where there is room, all of them on demand. */
export function GalleryKeys() {
  const platform = useSession((state) => state.platform);
  return (
    <>
      <span className="caption gallery-keys">{said.keys}</span>
      <Popover.Root>
        <Popover.Trigger asChild>
          <button type="button" className="icon-button" aria-label={said.keysTitle} title={said.keysTitle}>
            <Keyboard size={16} />
          </button>
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="gallery-keys-all"
            aria-label={said.keysTitle}
            align="end"
            sideOffset={6}
            collisionPadding={8}
          >
            <h3>{said.keysTitle}</h3>
            <dl>
              {rows.map(([does, keys]) => (
                <div key={does} className="gallery-keys-row">
                  <dt>{said.keysDo[does]}</dt>
                  <dd>
                    {keys.map((one) => (
                      <Keys key={one} keys={one === '=' ? one : keyWords(one, platform)} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </>
  );
}
