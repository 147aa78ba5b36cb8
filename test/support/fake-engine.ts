import type { CandleTable, CommandHandlers } from '../../src/contract/commands.ts';
import type { EngineBatch, EngineEvent, Snapshot } from '../../src/contract/events.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { AppError } from '../../src/core/errors.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import type { EngineHost } from '../../src/main/engine/host.ts';
import { quietAnswers } from './quiet-answers.ts';

export interface FakeEngine extends EngineHost {
  /** Tells every subscriber, numbering the batches from 1. */
  tell(...events: readonly EngineEvent[]): void;
  readonly subscribers: number;
  readonly reported: readonly AppError[];
  readonly closed: boolean;
  /** Every command that reached the engine, as `name input`. */
  readonly asked: readonly (readonly [name: string, input: unknown])[];
}

/** An engine without a market: answers of fixed shape, events by hand. For tests of what stands around it. */
export function fakeEngine(handlers: Partial<CommandHandlers> = {}): FakeEngine {
  const listeners = new Set<(batch: EngineBatch) => void>();
  const reported: AppError[] = [];
  const asked: [string, unknown][] = [];
  let seq = 0;
  let closed = false;
  const all: CommandHandlers = {
    'app.snapshot': async () => ({ ...EMPTY_SNAPSHOT, seq }),
    'candles.load': async ({ instrument, timeframe }) => twoBars(instrument, timeframe),
    'chart.watch': async () => null,
    'settings.update': async () => EMPTY_SNAPSHOT.settings,
    'feed.reconnect': async () => null,
    'feed.stop': async () => null,
    'mode.hold': async () => null,
    'login.begin': async () => ({ kind: 'done' }),
    'doctor.run': async ({ broker }) => ({
      venue: broker ?? 'simulator',
      label: 'Market',
      examinedAt: OPEN,
      findings: [],
    }),
    'log.tail': async () => [],
    'screen.seen': async () => null,
    'coverage.load': async ({ date }) => ({ date: date ?? DAY, countedAt: OPEN, rows: [] }),
    'store.backUp': async () => ({ path: 'backups/market.db', bytes: 4_096 }),
    'candles.export': async ({ format }) => ({ path: `exports/bars.${format}`, bytes: 512 }),
    'alerts.markRead': async () => null,
    'alerts.clear': async () => null,
    'alerts.test': async () => null,
    'credentials.save': async () => [],
    ...quietAnswers(),
    ...handlers,
  };
  const recording = Object.entries(all).map(([name, handle]) => [
    name,
    (input: never) => {
      asked.push([name, input]);
      return handle(input);
    },
  ]);
  return {
    // Same names, same functions, each with a note taken first.
    handlers: Object.fromEntries(recording) as CommandHandlers,
    logins: {
      redirectOf: (broker) => `http://127.0.0.1:4210/login/${broker}`,
      finish: async () => ({ kind: 'unknown', sentence: 'Nobody asked.' }),
      callOff: () => undefined,
    },
    wake: () => undefined,
    report: (error) => reported.push(error),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closed = true;
    },
    tell(...events) {
      seq += 1;
      for (const listener of listeners) listener({ seq, events });
    },
    get subscribers() {
      return listeners.size;
    },
    get closed() {
      return closed;
    },
    reported,
    asked,
  };
}

export const INFY = 'NSE:INFY' as InstrumentKey;

/** 2026-11-20 09:15:00 IST. */
export const OPEN = Date.UTC(2026, 10, 20, 3, 45) as EpochMs;
const DAY = '2026-11-20' as TradingDate;

function twoBars(instrument: InstrumentKey, timeframe: Timeframe): CandleTable {
  return {
    instrument,
    timeframe,
    openTime: [OPEN, OPEN + 5_000],
    open: [100, 101],
    high: [102, 103],
    low: [99, 100.5],
    close: [101, 102.5],
    volume: [500, null],
    forming: {
      instrument,
      timeframe,
      openTime: (OPEN + 10_000) as EpochMs,
      open: 102.5,
      high: 102.5,
      low: 102,
      close: 102.25,
      volume: 40,
    },
    auctions: [],
    more: false,
  };
}

export const EMPTY_SNAPSHOT: Snapshot = {
  seq: 0,
  version: '0.0.0',
  settings: settingsSchema.parse({}),
  brokers: [],
  instruments: [
    {
      key: INFY,
      name: 'Infosys',
      segment: 'nse-cas',
      sector: 'IT',
      tickSize: 0.05,
      priceDecimals: 2,
      lotSize: 1,
    },
  ],
  quotes: [],
  sparklines: {},
  alerts: [],
  formingSignals: [],
  feed: {
    source: 'simulator',
    label: 'Simulated market',
    world: 'simulated',
    mode: 'streaming',
    nextMode: undefined,
    isHeld: false,
    standby: undefined,
    loginUntil: undefined,
    status: { state: 'idle' },
    speed: 1,
  },
  market: { phase: 'open', until: undefined, warning: undefined },
  scan: { lastBarTime: undefined, judgedAt: undefined, instruments: 1, fired: 0, unknown: 0, withheld: 0 },
  rules: { rules: [], sectors: [] },
  orders: {
    enabled: true,
    positions: [],
    orders: [],
    realisedToday: 0,
    unrealised: 0,
    ordersToday: 0,
    mostOrdersToday: 100,
  },
  mutes: [],
  stats: {
    marketTime: OPEN,
    messagesPerSecond: 0,
    ticksPerSecond: 0,
    lastTickAt: undefined,
    rejects: {},
    late: 0,
    outsideSession: 0,
    inferred: 0,
    revised: 0,
    volumeResets: 0,
    badBars: 0,
    latencyP95Ms: undefined,
    databaseBytes: 0,
    reconnects: 0,
    differing: 0,
    connections: [],
  },
};
