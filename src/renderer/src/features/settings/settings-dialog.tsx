import { Tabs } from '@base-ui/react/tabs';
import { Bell, Database, type LucideIcon, NotebookPen, Palette, Radio, ScanLine } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { closeOverlay, SETTINGS_SECTIONS, type SettingsSection, useUiStore } from '../../stores/ui-store.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { AlertsSection } from './alerts-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { DataSection } from './data-section.tsx';
import { FeedSection } from './feed-section.tsx';
import { OrdersSection } from './orders-section.tsx';
import { ScanSection } from './scan-section.tsx';
import './settings.css';

interface Section {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly content: (props: { readonly settings: Settings }) => ReactElement;
}

const SECTIONS: Record<SettingsSection, Section> = {
  feed: { label: 'Feed', icon: Radio, content: FeedSection },
  scan: { label: 'Scan rule', icon: ScanLine, content: ScanSection },
  alerts: { label: 'Alerts', icon: Bell, content: AlertsSection },
  orders: { label: 'Paper orders', icon: NotebookPen, content: OrdersSection },
  data: { label: 'Data', icon: Database, content: DataSection },
  appearance: { label: 'Appearance', icon: Palette, content: AppearanceSection },
};

/** Everything that can be set. Each change is saved as it is made; the engine applies it without a restart. */
export function SettingsDialog(): ReactElement {
  const open = useUiStore((state) => state.overlay === 'settings');
  const section = useUiStore((state) => state.section);
  const isForOneFeed = useUiStore((state) => state.feedShown !== undefined);
  const settings = useSettingsStore((state) => state.settings);
  const version = useSettingsStore((state) => state.version);

  return (
    <DialogFrame
      title="Settings"
      open={open}
      onClose={closeOverlay}
      className="settings"
      // Whoever was sent here for a feed is to type what it lacks.
      firstFocus={isForOneFeed ? '.credential-form .text-input' : '[role="tab"][aria-selected="true"]'}
    >
      <Tabs.Root
        className="settings-tabs"
        orientation="vertical"
        value={section}
        onValueChange={(next: SettingsSection) => useUiStore.setState({ section: next })}
      >
        <Tabs.List className="settings-list" aria-label="Sections" activateOnFocus>
          {SETTINGS_SECTIONS.map((name) => {
            const { label, icon: Icon } = SECTIONS[name];
            return (
              <Tabs.Tab key={name} value={name}>
                <Icon aria-hidden />
                {label}
              </Tabs.Tab>
            );
          })}
          <small>{version === '' ? '' : `Version ${version}`}</small>
        </Tabs.List>
        {SETTINGS_SECTIONS.map((name) => {
          const Content = SECTIONS[name].content;
          return (
            <Tabs.Panel key={name} value={name} className="settings-panel">
              {settings === undefined ? (
                <p className="empty">Settings come from the engine, which has not answered yet.</p>
              ) : (
                <Content settings={settings} />
              )}
            </Tabs.Panel>
          );
        })}
      </Tabs.Root>
    </DialogFrame>
  );
}
