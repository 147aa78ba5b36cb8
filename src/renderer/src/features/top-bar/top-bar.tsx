import { PanelLeft, Search, Settings } from 'lucide-react';
import type { ReactElement } from 'react';
import { DRAWER_BELOW, openOverlay, openSettings, togglePanel, useUiStore } from '../../stores/ui-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Tip } from '../../ui/tip.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { AlertButton } from './alert-button.tsx';
import { LiveBadge } from './live-badge.tsx';
import { ModeToggle } from './mode-toggle.tsx';
import { TimeframeBar } from './timeframe-bar.tsx';
import './top-bar.css';
import './top-bar-widths.css';

export function TopBar(): ReactElement {
  return (
    <header className="top-bar">
      <WatchlistButton />
      <h1 className="brand">
        <Mark />
        <span>Tickscope</span>
      </h1>
      <Tip text="Symbols, timeframes and commands" keys="Ctrl K">
        <button type="button" className="search" onClick={() => openOverlay('palette')}>
          <Search aria-hidden />
          <span>Search</span>
          <kbd>Ctrl K</kbd>
        </button>
      </Tip>
      <TimeframeBar />
      <div className="top-right">
        <ModeToggle />
        <LiveBadge />
        <AlertButton />
        <IconButton label="Settings" keys="Ctrl ," onClick={() => openSettings()}>
          <Settings aria-hidden />
        </IconButton>
      </div>
    </header>
  );
}

/** Only where the list is away: beside the list, its own button does the same. */
function WatchlistButton(): ReactElement | null {
  const drawer = useMedia(`(max-width: ${DRAWER_BELOW.watchlist - 1}px)`);
  const beside = useUiStore((state) => state.watchlist);
  if (beside && !drawer) return null;
  return (
    <IconButton label="Watchlist" keys="[" onClick={() => togglePanel('watchlist')}>
      <PanelLeft aria-hidden />
    </IconButton>
  );
}

function Mark(): ReactElement {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden>
      <path d="M9 1.2 16.8 9 9 16.8 1.2 9Z" />
      <path d="M9 5.6v6.8M6.8 8h4.4" />
    </svg>
  );
}
