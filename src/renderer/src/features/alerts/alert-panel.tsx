import { Tabs } from '@base-ui/react/tabs';
import type { ReactElement } from 'react';
import { useAlertStore } from '../../stores/alert-store.ts';
import { SIDE_TABS, type SideTab, useAttention } from '../../stores/attention.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { enabledCount, useRuleStore } from '../../stores/rule-store.ts';
import { indexCount, useSettingsStore } from '../../stores/settings-store.ts';
import { HealthTab } from '../health/health-tab.tsx';
import { OrdersTab } from '../orders/orders-tab.tsx';
import { ScanTab } from '../scan/scan-tab.tsx';
import { AlertList } from './alert-list.tsx';
import { scanLine } from './alert-words.ts';
import './alerts.css';
import './side.css';

const LABELS: Readonly<Record<SideTab, string>> = {
  alerts: 'Alerts',
  scan: 'Scan',
  orders: 'Orders',
  health: 'Health',
};
const PAGES: Readonly<Record<SideTab, () => ReactElement | null>> = {
  alerts: AlertList,
  scan: ScanTab,
  orders: OrdersTab,
  health: HealthTab,
};

/** The right-hand panel: what was found, what is looked for, what was ordered, and how the feed is. */
export function AlertPanel(): ReactElement {
  const tab = useAttention((state) => state.tab);
  const choose = (value: unknown): void => {
    const chosen = SIDE_TABS.find((one) => one === value);
    if (chosen !== undefined) useAttention.setState({ tab: chosen });
  };
  return (
    <Tabs.Root className="alert-panel" value={tab} onValueChange={choose}>
      <Tabs.List className="side-tabs" aria-label="Alerts, scan, orders and health" activateOnFocus>
        {SIDE_TABS.map((name) => (
          <Tabs.Tab key={name} value={name} className="side-tab">
            {LABELS[name]}
            {name === 'alerts' ? <UnreadCount /> : null}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {SIDE_TABS.map((name) => {
        const Page = PAGES[name];
        return (
          <Tabs.Panel key={name} value={name} className="side-panel">
            <Page />
          </Tabs.Panel>
        );
      })}
      <ScanFoot />
    </Tabs.Root>
  );
}

function UnreadCount(): ReactElement | null {
  const unread = useAlertStore((state) => state.unread);
  if (unread === 0) return null;
  return (
    <b className="side-count">
      {unread > 99 ? '99+' : unread}
      <span className="unseen"> unread</span>
    </b>
  );
}

function ScanFoot(): ReactElement {
  const scan = useFeedStore((state) => state.scan);
  const enabled = useRuleStore((book) => book.rules.length === 0 || enabledCount(book) > 0);
  const indices = useSettingsStore(indexCount);
  return <footer className="side-foot">{scanLine(scan, indices, enabled)}</footer>;
}
