import { type Instrument, symbolOf } from '../../../../core/instrument.ts';
import { SCREEN_TIMEFRAMES } from '../../../../core/timeframe.ts';
import { timeframeLabel, timeframeName } from '../../format/timeframe.ts';
import { attempt } from '../../live/engine.ts';
import { logIn } from '../../live/log-in.ts';
import { showTab } from '../../stores/attention.ts';
import { useSelection } from '../../stores/selection.ts';
import { brokerOf, useSettingsStore } from '../../stores/settings-store.ts';
import { openOverlay, openSettings, SETTINGS_SECTIONS, togglePanel } from '../../stores/ui-store.ts';
import { ruleItems } from '../scan/rule-items.ts';
import { MODE_NAMES, modeProblem } from '../top-bar/mode-words.ts';
import { command } from './command.ts';
import type { PaletteItem } from './search-items.ts';

const MODES = ['streaming', 'polling', 'auto'] as const;

const SECTION_NAMES = {
  feed: 'Settings: feed and brokers',
  scan: 'Settings: scan rule',
  alerts: 'Settings: alerts and sound',
  orders: 'Settings: paper orders',
  data: 'Settings: data, recording, backup and export',
  appearance: 'Settings: appearance',
} as const;

/** Everything the palette finds, in the order it stands before anything is typed. */
export function paletteItems(instruments: readonly Instrument[]): readonly PaletteItem[] {
  const { select, setTimeframe } = useSelection.getState();
  const { update, settings } = useSettingsStore.getState();
  const source = settings?.feed.source;
  const manifest = brokerOf(useSettingsStore.getState(), source)?.manifest;
  const modes = MODES.filter((mode) => mode !== settings?.feed.mode && modeProblem(mode, manifest) === undefined);
  const symbols = instruments.map(
    ({ key, name }): PaletteItem => ({
      id: key,
      kind: 'symbol',
      title: symbolOf(key),
      detail: name,
      run: () => select(key),
    }),
  );
  const timeframes = SCREEN_TIMEFRAMES.map(
    (timeframe): PaletteItem => ({
      id: `timeframe ${timeframe}`,
      kind: 'timeframe',
      title: timeframeLabel(timeframe),
      detail: timeframeName(timeframe),
      run: () => setTimeframe(timeframe),
    }),
  );
  const theme = (name: 'dark' | 'light' | 'system'): PaletteItem =>
    command(`Theme: ${name}`, 'Appearance', () => void update({ appearance: { theme: name } }));
  return [
    ...symbols,
    ...timeframes,
    ...modes.map((mode) =>
      command(`Switch to ${MODE_NAMES[mode].toLowerCase()}`, 'Mode', () => void update({ feed: { mode } })),
    ),
    command('Reconnect the feed', 'Feed', () => void attempt('feed.reconnect', null)),
    command('Stop monitoring', 'Feed', () => void attempt('feed.stop', null)),
    command('Orders: what rules hold on paper', 'Rules', () => showTab('orders')),
    command('Health: connections, examination, log', 'Feed', () => showTab('health')),
    ...(manifest?.login === undefined || source === undefined
      ? []
      : [command(`Log in at ${manifest.label}`, 'Feed', () => void logIn(source))]),
    command('Mark all alerts read', 'Alerts', () => void attempt('alerts.markRead', null)),
    command('Clear all alerts', 'Alerts', () => void attempt('alerts.clear', null)),
    command('Send a test alert', 'Alerts', () => void attempt('alerts.test', null)),
    ...ruleItems(),
    command('Show or hide the watchlist', '[', () => togglePanel('watchlist')),
    command('Show or hide the alerts', ']', () => togglePanel('alerts')),
    theme('dark'),
    theme('light'),
    theme('system'),
    ...SETTINGS_SECTIONS.map((section) => command(SECTION_NAMES[section], 'Ctrl ,', () => openSettings(section))),
    command('Keyboard help', '?', () => openOverlay('keys')),
  ];
}
