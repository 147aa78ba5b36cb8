import { ChevronRight } from 'lucide-react';
import { type ReactElement, type ReactNode, useState } from 'react';
import './disclosure.css';

interface DisclosureProps {
  readonly title: string;
  /** What is inside, in a few words, so that it need not be opened to be known. */
  readonly state?: ReactNode;
  readonly initiallyOpen?: boolean;
  /** Hears when it opens, for what is fetched only then. */
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

/** A part that can be folded away under its own heading. What is folded is not rendered. */
export function Disclosure({ title, state, initiallyOpen = false, onOpen, children }: DisclosureProps): ReactElement {
  const [open, setOpen] = useState(initiallyOpen);
  return (
    <details
      className="disclosure"
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open && !open) onOpen?.();
        setOpen(currentTarget.open);
      }}
    >
      <summary>
        <ChevronRight aria-hidden />
        <b>{title}</b>
        {state === undefined ? null : <small>{state}</small>}
      </summary>
      {open ? <div className="disclosure-body">{children}</div> : null}
    </details>
  );
}
