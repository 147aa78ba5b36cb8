import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactElement, type ReactNode, useRef } from 'react';
import { IconButton } from './icon-button.tsx';

interface DialogFrameProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly className?: string;
  /** Where the focus goes first; without it to the window itself, where Escape and Tab work. */
  readonly firstFocus?: string;
  readonly children: ReactNode;
}

/** A window above the page: title, close button, Escape, and the focus back where it was. */
export function DialogFrame(props: DialogFrameProps): ReactElement {
  const { title, open, onClose, className = '', firstFocus, children } = props;
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup
          ref={popup}
          className={`dialog ${className}`}
          initialFocus={() =>
            (firstFocus === undefined ? null : popup.current?.querySelector<HTMLElement>(firstFocus)) ?? popup.current
          }
        >
          <header className="dialog-head">
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close
              render={
                <IconButton label="Close" keys="Esc">
                  <X />
                </IconButton>
              }
            />
          </header>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
