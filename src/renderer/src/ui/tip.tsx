import { Tooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';

interface TipProps {
  /** What it is or does, in a few words. */
  readonly text: ReactNode;
  /** The key that does the same, as a person reads it: `Ctrl K`. */
  readonly keys?: string | undefined;
  /** One element that can take focus. It keeps its own accessible name: a tooltip is for the eye. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** A short text beside whatever the pointer or the focus rests on. */
export function Tip({ text, keys, children }: TipProps): ReactElement {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="floating">
          <Tooltip.Popup className="tip">
            {text}
            {keys === undefined ? null : <kbd>{keys}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
