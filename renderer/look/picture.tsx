import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { pictureAddress } from '#core/ipc';
import { words } from './words';

/** Addresses this window has shown: what is drawn again is there at once. As many as a long sitting shows, not more. */
const known = new Set<string>();
const mostKnown = 5000;

function noteShown(address: string): void {
  if (known.size >= mostKnown) known.clear();
  known.add(address);
}

/**
 * A stored picture by its hash: whole, never cut unless `fit` is "cover", faded in when it is decoded for the first time. Says so
 * when it is gone.
 * Give the element its size by the class; `width` is the preview asked for.
 */
export function Picture({
  hash,
  width = 256,
  fit = 'contain',
  alt,
  className = '',
}: {
  hash: string;
  width?: 256 | 512 | 1024;
  fit?: 'contain' | 'cover';
  alt: string;
  className?: string;
}) {
  const [state, setState] = useState<{ hash: string; is: 'loading' | 'shown' | 'missing' }>({
    hash,
    is: 'loading',
  });
  const address = pictureAddress(hash, width);
  const is =
    state.hash === hash && state.is !== 'loading' ? state.is : known.has(address) ? 'shown' : 'loading';
  if (is === 'missing')
    return (
      <span className={`picture ${className}`} data-missing="true" title={words.look.picture.gone}>
        <ImageOff size={16} aria-hidden="true" />
        <span className="only-read-aloud">{words.look.picture.missing(alt)}</span>
      </span>
    );
  return (
    <img
      className={`picture ${className}`}
      data-shown={is === 'shown'}
      data-fit={fit}
      src={address}
      alt={alt}
      decoding="async"
      draggable={false}
      onLoad={() => {
        noteShown(address);
        if (is !== 'shown') setState({ hash, is: 'shown' });
      }}
      onError={() => setState({ hash, is: 'missing' })}
    />
  );
}
