import { create } from 'zustand';
import type { BrokerState } from '../../../contract/events.ts';
import type { Settings, SettingsPatch } from '../../../contract/settings.ts';
import type { InstrumentKey } from '../../../core/brand.ts';
import type { Instrument } from '../../../core/instrument.ts';
import { attempt } from '../live/engine.ts';

export interface SettingsState {
  /** The engine's; undefined until the first snapshot. */
  readonly settings: Settings | undefined;
  readonly brokers: readonly BrokerState[];
  readonly instruments: readonly Instrument[];
  readonly byKey: ReadonlyMap<InstrumentKey, Instrument>;
  readonly version: string;
  /** Sends a change. The engine checks it and answers every screen with a 'settings' event; false when it refused. */
  update(patch: SettingsPatch): Promise<boolean>;
}

export const useSettingsStore = create<SettingsState>()(() => ({
  settings: undefined,
  brokers: [],
  instruments: [],
  byKey: new Map(),
  version: '',
  async update(patch) {
    const settings = await attempt('settings.update', patch);
    if (settings !== undefined) useSettingsStore.setState({ settings });
    return settings !== undefined;
  },
}));

/** How many of what the feed knows are indices. */
export function indexCount({ instruments }: Pick<SettingsState, 'instruments'>): number {
  return instruments.filter(({ segment }) => segment === 'nse-index').length;
}

export function setInstruments(instruments: readonly Instrument[]): void {
  useSettingsStore.setState({ instruments, byKey: new Map(instruments.map((one) => [one.key, one])) });
}

/** What is known of a broker, by its id. */
export function brokerOf(
  { brokers }: Pick<SettingsState, 'brokers'>,
  source: string | undefined,
): BrokerState | undefined {
  return brokers.find(({ manifest }) => manifest.id === source);
}
