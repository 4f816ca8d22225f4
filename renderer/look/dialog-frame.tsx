import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { focusItself } from './focus-itself';
import { words } from './words';

/** A dialog with a title, a close button and a body that scrolls. Escape and a click beside it close it. */
export function DialogFrame({
  open,
  onClose,
  title,
  description,
  width,
  className = '',
  isText = false,
  children,
  foot,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  width?: number;
  className?: string;
  /** Its body is only read: it has the focus itself, so that the arrow keys scroll it. */
  isText?: boolean;
  children: ReactNode;
  foot?: ReactNode;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className={`dialog ${className}`}
          onOpenAutoFocus={focusItself}
          onEscapeKeyDown={(event) => {
            // Radix hears the key before the field does that has a use for it.
            if (document.activeElement?.matches('[data-takes-escape]') === true) event.preventDefault();
          }}
          style={width === undefined ? undefined : { width: `min(${width}px, calc(100vw - 48px))` }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className="dialog-head">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={words.look.close}>
              <X size={16} />
            </Dialog.Close>
          </header>
          {description === undefined ? null : (
            <Dialog.Description className="only-read-aloud">{description}</Dialog.Description>
          )}
          <div
            className="dialog-body"
            {...(isText ? { role: 'region', tabIndex: 0, 'aria-label': title } : {})}
          >
            {children}
          </div>
          {foot === undefined ? null : <footer className="dialog-foot">{foot}</footer>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
