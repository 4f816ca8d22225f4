import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { pictureAddress } from '#core/ipc';
import { words } from './words';

/**
 * A stored picture by its hash: whole, never cut unless `fit` is "cover", faded in once decoded. Says so when it is gone.
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
  const is = state.hash === hash ? state.is : 'loading';
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
      src={pictureAddress(hash, width)}
      alt={alt}
      decoding="async"
      draggable={false}
      onLoad={() => setState({ hash, is: 'shown' })}
      onError={() => setState({ hash, is: 'missing' })}
    />
  );
}
