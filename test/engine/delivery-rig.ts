import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { ChannelState } from '../../src/contract/channels.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { AppError } from '../../src/core/errors.ts';
import { DeliveryDesk } from '../../src/main/engine/delivery-desk.ts';
import type { Channel, ChannelMessage } from '../../src/main/engine/ports.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sampleWrite } from '../support/sample-passport.ts';

/** 2026-11-20 at 10:45 IST. */
export const NOON = Date.UTC(2026, 10, 20, 5, 15);

/** A channel that does what a test says, and keeps what it was given. */
export class FakeChannel implements Channel {
  readonly id: ChannelState['id'];
  readonly label: string;
  readonly fields = [{ name: 'address', label: 'Address', hint: '', secret: true }];
  readonly isPersonal: boolean;
  readonly freshMs?: number;
  readonly tried: ChannelMessage[] = [];
  isSet = true;
  /** Throws, waits, or does nothing: it got through. */
  answer: (message: ChannelMessage, stop: AbortSignal) => unknown = () => undefined;

  constructor(id: ChannelState['id'], of: { readonly isPersonal?: boolean; readonly freshMs?: number } = {}) {
    this.id = id;
    this.label = id;
    this.isPersonal = of.isPersonal ?? false;
    if (of.freshMs !== undefined) this.freshMs = of.freshMs;
  }

  /** Symbols of each message that it was given. */
  get told(): readonly string[] {
    return this.tried.map(({ alerts }) => alerts.map(({ signal }) => signal.instrument.slice(4)).join(' '));
  }

  fieldsSet(): readonly string[] {
    return this.isSet ? ['address'] : [];
  }

  isReady(): boolean {
    return this.isSet;
  }

  check(): void {}

  async send(message: ChannelMessage, stop: AbortSignal): Promise<void> {
    this.tried.push(message);
    await this.answer(message, stop);
  }
}

interface RigOptions {
  readonly store?: Store;
  readonly clock?: FakeClock;
  readonly alerts?: object;
  readonly world?: 'market' | 'simulated' | 'replay';
}

/** A desk over a store in memory, with a clock that stands still. */
export function deliveryRig(channels: readonly Channel[], options: RigOptions = {}) {
  const { store = openStore(':memory:'), clock = new FakeClock(NOON), world = 'market' } = options;
  const troubles: AppError[] = [];
  const written: unknown[] = [];
  const publisher = new Publisher(clock);
  const events: string[] = [];
  publisher.subscribe((batch) => events.push(...batch.events.map(({ type }) => type)));
  let settings = settingsSchema.parse({ alerts: options.alerts ?? {} });
  const rig = {
    store,
    clock,
    troubles,
    written,
    events,
    desk: new DeliveryDesk({
      store,
      channels,
      vault: { write: (name, fields) => written.push([name, fields]) },
      wall: clock,
      publisher,
      world,
      settings: () => settings,
      ruleNames: () => ({ 'ema-cross': 'EMA cross' }),
      onTrouble: (error) => troubles.push(error),
    }),
    /** A person changes the settings of alerts. */
    set(alerts: object): void {
      settings = settingsSchema.parse({ alerts });
    },
    /** Alerts of symbols are on disk, owed by every channel. */
    owe(symbols: string, alert: Partial<Alert> = {}): void {
      for (const symbol of symbols.split(' ')) {
        const instrument = `NSE:${symbol}` as InstrumentKey;
        const ids = channels.map(({ id }) => id);
        store.raise(sampleWrite({ instrument }, { raisedAt: clock.now() as EpochMs, ...alert }, ids));
      }
    },
    /** They are on disk, and the desk was told. */
    async raise(symbols: string, alert: Partial<Alert> = {}): Promise<void> {
      rig.owe(symbols, alert);
      rig.desk.wake();
      await setImmediate();
    },
    async advance(ms: number): Promise<void> {
      clock.advance(ms);
      await setImmediate();
    },
    /** What became of each alert on a channel, as the chain of evidence has it. */
    outcomes(id: ChannelState['id']): readonly string[] {
      return store.toldAlerts().flatMap(({ alert }) =>
        store.evidence(alert.id).flatMap(({ content }) => {
          if (content.kind !== 'delivery' || content.channel !== id) return [];
          return [`${alert.signal.instrument.slice(4)} ${content.outcome}`];
        }),
      );
    },
  };
  onTestFinished(() => rig.desk.stop());
  return rig;
}
