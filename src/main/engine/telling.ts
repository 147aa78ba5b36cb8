import type { FeedState, Told } from '../../contract/events.ts';
import type { Alert } from '../../core/alert.ts';
import type { InstrumentKey } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { Passport } from '../../core/passport.ts';
import { USUAL_CHANNELS } from '../../core/rule.ts';
import { AlertDesk } from './alert-desk.ts';
import type { Archive } from './archive.ts';
import { atrAt } from './atr-at.ts';
import { DeliveryDesk } from './delivery-desk.ts';
import type { Found } from './found.ts';
import type { Journal } from './journal.ts';
import { MuteDesk } from './mute-desk.ts';
import { OrderDesk } from './order-desk.ts';
import { OutcomeDesk } from './outcome-desk.ts';
import { makePassport } from './passport-maker.ts';
import type { Channel, Clock } from './ports.ts';
import { ProofDesk } from './proof-desk.ts';
import { toldOf } from './quiet-hours.ts';
import { sendInTime } from './send-in-time.ts';
import type { Track } from './track.ts';
import type { WorldParts } from './world-parts.ts';

export interface TellingParts {
  readonly world: WorldParts;
  /** The market's clock. */
  readonly clock: Clock;
  readonly archive: Archive;
  readonly journal: Journal;
  readonly stop: AbortSignal;
  /** Where the feed stands. */
  feed(): FeedState;
  /** The exchange's clock: the time its stamps tell. */
  readonly exchangeClock: Clock;
  readonly tracks: ReadonlyMap<InstrumentKey, Track>;
}

/** What follows when a rule fired: the alert with its passport, and who tells of it. */
export function createTelling({ world, clock, exchangeClock, tracks, archive, journal, stop, feed }: TellingParts) {
  const { store, wall, publisher, settings, onTrouble, manifest } = world;
  const ruleNames = (): Readonly<Record<string, string>> =>
    Object.fromEntries((world.rules?.() ?? []).map(({ id, name }) => [id, name]));
  const mutes = new MuteDesk({ store, wall });
  const deliveries = new DeliveryDesk({
    store,
    channels: world.channels ?? [],
    vault: world.vault ?? { write: () => undefined },
    wall,
    publisher,
    world: manifest.world,
    settings,
    ruleNames,
    onTrouble,
  });
  const passportOf = (found: Found, alert: Alert): Passport => {
    // Where the bars of it lie is told of what is stored.
    journal.flush();
    const newest = found.track.board.newestBefore(found.barClosed);
    const isInBar = newest !== undefined && newest.time >= found.finding.barTime;
    const { source, label, mode, status } = feed();
    return makePassport(found, {
      store,
      feed: { source, label, mode, status: status.state },
      exchange: isInBar ? newest.time : undefined,
      received: isInBar ? newest.receivedAt : undefined,
      actions: world.actions ?? [],
      storedAt: alert.raisedAt,
    });
  };
  /** What the disk refused is told once, without the promise that it arrives. */
  const onUnstored = (alert: Alert, wanted: readonly string[]): void => {
    const message = {
      id: alert.id,
      alerts: [alert],
      ruleNames: ruleNames(),
      world: manifest.world,
      isLate: false,
      isTest: false,
    };
    const send = async (channel: Channel): Promise<void> => {
      if (channel.isReady()) await sendInTime(channel, message, wall, stop);
    };
    for (const channel of world.channels ?? [])
      if (wanted.includes(channel.id)) send(channel).catch((thrown: unknown) => onTrouble(AppError.from(thrown)));
  };
  const orders = new OrderDesk({
    store,
    clock: exchangeClock,
    wall,
    publisher,
    settings: () => settings().orders,
    placeOf: (instrument) => tracks.get(instrument),
    atrOf: (found) => atrAt(found, archive),
    onTrouble,
  });
  const proofs = new ProofDesk({
    store,
    calendarOf: world.calendarOf,
    flush: () => journal.flush(),
  });
  const outcomes = new OutcomeDesk({
    store,
    archive,
    clock: exchangeClock,
    wall,
    publisher,
    stop,
    // Alerts of what is watched no more keep the hours of Indian shares.
    calendarOf: (instrument) => tracks.get(instrument)?.calendar ?? world.calendarOf('nse-cas'),
    calendar: world.calendarOf('nse-cas'),
    onTrouble,
  });
  const alerts = new AlertDesk({
    store,
    clock,
    wall,
    publisher,
    channels: (world.channels ?? []).map(({ id }) => id),
    settings,
    isMuted: (rule, instrument) => mutes.isMuted(rule, instrument),
    passportOf,
    onOwed: () => deliveries.wake(),
    onUnstored,
    onRaised(found, alert) {
      try {
        orders.consider(found, alert);
      } finally {
        outcomes.raised(alert);
      }
    },
    onTrouble,
  });
  return {
    alerts,
    mutes,
    deliveries,
    orders,
    outcomes,
    proofs,
    /** How a screen tells of an alert that is only a test. */
    toldOfTest: (): Told => toldOf(USUAL_CHANNELS, settings().alerts, wall.now()),
    /** Takes up what an earlier run left: before the feed runs. */
    async start(): Promise<void> {
      await orders.start();
      outcomes.start();
      deliveries.wake();
    },
    stop(): void {
      deliveries.stop();
      orders.stop();
    },
  };
}
