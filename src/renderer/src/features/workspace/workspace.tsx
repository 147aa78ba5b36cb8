import { type ReactElement, type ReactNode, useEffect, useRef } from 'react';
import { Group, Panel, type PanelSize, Separator, usePanelRef } from 'react-resizable-panels';
import { useSelection } from '../../stores/selection.ts';
import { DRAWER_BELOW, type SidePanel, useUiStore } from '../../stores/ui-store.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { AlertPanel } from '../alerts/alert-panel.tsx';
import { ChartPanel } from '../chart/chart-panel.tsx';
import { Watchlist } from '../watchlist/watchlist.tsx';
import { Drawer } from './drawer.tsx';
import './workspace.css';

/** Watchlist, chart and alerts, side by side. What has no room becomes a drawer over the chart. */
export function Workspace(): ReactElement {
  const watchlistDrawer = useMedia(`(max-width: ${DRAWER_BELOW.watchlist - 1}px)`);
  const alertsDrawer = useMedia(`(max-width: ${DRAWER_BELOW.alerts - 1}px)`);
  // A list that lies over the chart goes once it has done its work.
  useEffect(
    () =>
      useSelection.subscribe(({ instrument }, before) => {
        if (instrument !== before.instrument && useUiStore.getState().drawer === 'watchlist') {
          useUiStore.setState({ drawer: undefined });
        }
      }),
    [],
  );
  const watchlist = (
    <ErrorBoundary what="The watchlist">
      <Watchlist />
    </ErrorBoundary>
  );
  const alerts = (
    <ErrorBoundary what="The alert list">
      <AlertPanel />
    </ErrorBoundary>
  );
  // A group measures its panels once: with other panels it is another group.
  const key = `${watchlistDrawer} ${alertsDrawer}`;

  return (
    <main className="workspace">
      <Group key={key} className="workspace-panels">
        {watchlistDrawer ? null : (
          <Side side="watchlist" min={232} max={560}>
            {watchlist}
          </Side>
        )}
        {watchlistDrawer ? null : <Separator className="divider" />}
        <Panel id="chart" minSize={320}>
          <ErrorBoundary what="The chart">
            <ChartPanel />
          </ErrorBoundary>
        </Panel>
        {alertsDrawer ? null : <Separator className="divider" />}
        {alertsDrawer ? null : (
          <Side side="alerts" min={260} max={560}>
            {alerts}
          </Side>
        )}
      </Group>
      {watchlistDrawer ? (
        <Drawer side="watchlist" label="Watchlist">
          {watchlist}
        </Drawer>
      ) : null}
      {alertsDrawer ? (
        <Drawer side="alerts" label="Alerts">
          {alerts}
        </Drawer>
      ) : null}
    </main>
  );
}

interface SideProps {
  readonly side: SidePanel;
  readonly min: number;
  readonly max: number;
  readonly children: ReactNode;
}

const WIDTH_OF = { watchlist: 'watchlistWidth', alerts: 'alertsWidth' } as const;

/** A panel that is dragged to a width, or shut; both are remembered in pixels. */
function Side({ side, min, max, children }: SideProps): ReactElement {
  const open = useUiStore((state) => state[side]);
  const panel = usePanelRef();
  const first = useRef(useUiStore.getState());
  const firstWidth = first.current[side] ? first.current[WIDTH_OF[side]] : 0;

  useEffect(() => {
    if (panel.current === null || open === !panel.current.isCollapsed()) return;
    if (open) panel.current.resize(useUiStore.getState()[WIDTH_OF[side]]);
    else panel.current.collapse();
  }, [open, panel, side]);

  const onResize = ({ inPixels }: PanelSize, _id: unknown, before: PanelSize | undefined): void => {
    if (before === undefined) return;
    const width = Math.round(inPixels);
    useUiStore.setState(width === 0 ? { [side]: false } : { [side]: true, [WIDTH_OF[side]]: width });
  };
  return (
    <Panel
      id={side}
      panelRef={panel}
      defaultSize={firstWidth}
      minSize={min}
      maxSize={max}
      collapsible
      groupResizeBehavior="preserve-pixel-size"
      onResize={onResize}
    >
      {open ? children : null}
    </Panel>
  );
}
