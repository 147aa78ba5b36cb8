import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Overlay = 'palette' | 'settings' | 'keys' | 'rule' | 'rule-file' | 'outcomes';
export const SETTINGS_SECTIONS = ['feed', 'scan', 'alerts', 'orders', 'data', 'appearance'] as const;
export type SettingsSection = (typeof SETTINGS_SECTIONS)[number];
export type SidePanel = 'watchlist' | 'alerts';

interface UiState {
  readonly overlay: Overlay | undefined;
  readonly section: SettingsSection;
  /** The feed that Settings shows first; undefined is the one in use. */
  readonly feedShown: string | undefined;
  /** Side panels beside the chart, where the window has room for them. */
  readonly watchlist: boolean;
  readonly alerts: boolean;
  readonly watchlistWidth: number;
  readonly alertsWidth: number;
  /** The side panel drawn over the chart, where it has not. */
  readonly drawer: SidePanel | undefined;
  /** The first-run line was read and closed. */
  readonly welcomed: boolean;
}

export const DEFAULT_WIDTH = { watchlist: 312, alerts: 336 } as const;
/** Narrower windows show this panel as a drawer. */
export const DRAWER_BELOW = { watchlist: 820, alerts: 1200 } as const;

export const useUiStore = create<UiState>()(
  persist(
    (): UiState => ({
      overlay: undefined,
      section: 'feed',
      feedShown: undefined,
      watchlist: true,
      alerts: true,
      watchlistWidth: DEFAULT_WIDTH.watchlist,
      alertsWidth: DEFAULT_WIDTH.alerts,
      drawer: undefined,
      welcomed: false,
    }),
    {
      name: 'tickscope.screen',
      partialize: ({ watchlist, alerts, watchlistWidth, alertsWidth, welcomed }) => ({
        watchlist,
        alerts,
        watchlistWidth,
        alertsWidth,
        welcomed,
      }),
    },
  ),
);

export function openOverlay(overlay: Overlay): void {
  useUiStore.setState({ overlay });
}

export function closeOverlay(): void {
  useUiStore.setState({ overlay: undefined });
}

export function openSettings(section: SettingsSection = useUiStore.getState().section, feedShown?: string): void {
  useUiStore.setState({ overlay: 'settings', section, feedShown });
}

/** Shows or hides a side panel: beside the chart where there is room, over it where there is not. */
export function togglePanel(panel: SidePanel, windowWidth = innerWidth): void {
  useUiStore.setState((state) =>
    windowWidth < DRAWER_BELOW[panel]
      ? { drawer: state.drawer === panel ? undefined : panel }
      : { [panel]: !state[panel] },
  );
}

/** Makes sure a side panel can be seen. */
export function showPanel(panel: SidePanel, windowWidth = innerWidth): void {
  useUiStore.setState(windowWidth < DRAWER_BELOW[panel] ? { drawer: panel } : { [panel]: true });
}
