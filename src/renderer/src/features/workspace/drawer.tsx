import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { type SidePanel, useUiStore } from '../../stores/ui-store.ts';

interface DrawerProps {
  readonly side: SidePanel;
  readonly label: string;
  readonly children: ReactNode;
}

/** A side panel over the edge of the chart, which stays in use beside it. Escape, or its key again, closes it. */
export function Drawer({ side, label, children }: DrawerProps): ReactElement | null {
  const open = useUiStore((state) => state.drawer === side);
  const panel = useRef<HTMLElement>(null);
  const close = (): void => {
    useUiStore.setState({ drawer: undefined });
  };

  useEffect(() => {
    if (!open) return undefined;
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open]);

  if (!open) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    close();
  };
  return (
    <aside ref={panel} className="drawer" data-side={side} aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {children}
    </aside>
  );
}
