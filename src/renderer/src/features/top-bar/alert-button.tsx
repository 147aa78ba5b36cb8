import { Bell } from 'lucide-react';
import type { ReactElement } from 'react';
import { useAlertStore } from '../../stores/alert-store.ts';
import { DRAWER_BELOW, togglePanel, useUiStore } from '../../stores/ui-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { useMedia } from '../../ui/use-media.ts';

/** How many alerts wait to be read. A click shows or hides their panel. */
export function AlertButton(): ReactElement {
  const unread = useAlertStore((state) => state.unread);
  const drawer = useMedia(`(max-width: ${DRAWER_BELOW.alerts - 1}px)`);
  const shown = useUiStore((state) => (drawer ? state.drawer === 'alerts' : state.alerts));
  return (
    <IconButton
      label={unread === 0 ? 'Alerts' : `Alerts, ${unread} unread`}
      keys="]"
      aria-pressed={shown}
      onClick={() => togglePanel('alerts')}
    >
      <Bell aria-hidden />
      {unread === 0 ? null : (
        <b className="count" aria-hidden>
          {unread > 99 ? '99+' : unread}
        </b>
      )}
    </IconButton>
  );
}
