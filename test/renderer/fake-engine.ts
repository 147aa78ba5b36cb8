import type { Reply } from '../../src/contract/client.ts';
import type { CandleTable } from '../../src/contract/commands.ts';
import type { BrokerState, EngineBatch, EngineEvent, Snapshot } from '../../src/contract/events.ts';
import { mergeSettings, type Settings, type SettingsPatch, settingsSchema } from '../../src/contract/settings.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Quote } from '../../src/core/quote.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../src/core/timeframe.ts';
import type { ConnectedTransport, Connection } from '../../src/renderer/src/engine-client.ts';

/** 10:47:12 in India on Friday, 20 November 2026. */
export const FAKE_NOW = Date.parse('2026-11-20T10:47:12+05:30') as EpochMs;

const SYMBOLS =
  'RELIANCE ADANIENT ADANIPORTS APOLLOHOSP ASIANPAINT AXISBANK BAJAJ-AUTO BAJFINANCE BHARTIARTL CIPLA COALINDIA DRREDDY EICHERMOT GRASIM HCLTECH HDFCBANK HINDALCO ICICIBANK INFY ITC JIOFIN KOTAKBANK LT M&M MARUTI NESTLEIND NTPC ONGC POWERGRID SBIN'.split(
    ' ',
  );

export interface FakeEngine {
  readonly transport: ConnectedTransport;
  /** Everything the screen asked, in order. */
  readonly asked: readonly { readonly name: string; readonly input: unknown }[];
  send(...events: readonly EngineEvent[]): void;
  connection(connection: Connection): void;
  /** One step of the walk: new prices for every instrument. */
  step(): void;
}

/** An engine that is not there: it answers every command from memory and walks its prices when told to. */
export function createFakeEngine(overrides: Partial<Snapshot> = {}): FakeEngine {
  const listeners = new Set<(batch: EngineBatch) => void>();
  const watchers = new Set<(connection: Connection) => void>();
  const asked: { name: string; input: unknown }[] = [];
  const random = seeded(7);
  let settings: Settings = overrides.settings ?? settingsSchema.parse({});
  let snapshot: Snapshot = { ...firstSnapshot(settings, random), ...overrides };
  let seq = snapshot.seq;
  let now = FAKE_NOW;

  const send = (...events: readonly EngineEvent[]): void => {
    seq += 1;
    for (const listener of listeners) listener({ seq, events });
  };
  const answers: Readonly<Record<string, (input: never) => unknown>> = {
    'app.snapshot': () => ({ ...snapshot, settings, seq }),
    'candles.load': ({
      instrument,
      timeframe,
      limit,
    }: {
      instrument: InstrumentKey;
      timeframe: Timeframe;
      limit: number;
    }) => walkCandles(instrument, timeframe, Math.min(limit, 300), now, random),
    'settings.update': (patch: SettingsPatch) => {
      const parsed = settingsSchema.safeParse(mergeSettings(settings, patch));
      if (!parsed.success) throw new Error(parsed.error.issues[0]?.message ?? 'Wrong settings.');
      settings = parsed.data;
      send({ type: 'settings', settings });
      return settings;
    },
    'credentials.save': ({ broker, fields }: { broker: string; fields: Readonly<Record<string, string>> }) =>
      snapshot.brokers.map((one) =>
        one.manifest.id === broker ? { ...one, fieldsSet: Object.keys(fields), savedAt: now } : one,
      ),
  };

  return {
    asked,
    send,
    connection(connection) {
      for (const watcher of watchers) watcher(connection);
    },
    step() {
      now = (now + 1_000) as EpochMs;
      const quotes = snapshot.quotes.map((quote) => walk(quote, now, random));
      snapshot = { ...snapshot, quotes };
      send(...quotes.map((quote) => ({ type: 'quote', quote }) as const), {
        type: 'stats',
        stats: { ...snapshot.stats, marketTime: now, lastTickAt: now },
      });
    },
    transport: {
      invoke: (name, input) => {
        asked.push({ name, input });
        return Promise.resolve(reply(answers[name], input));
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      watchConnection(listener) {
        watchers.add(listener);
        listener('connected');
        return () => watchers.delete(listener);
      },
    },
  };
}

function reply(answer: ((input: never) => unknown) | undefined, input: unknown): Reply<unknown> {
  try {
    // Each answer knows its own command's input; the table cannot say so.
    return { ok: true, value: answer === undefined ? null : answer(input as never) };
  } catch (error) {
    return { ok: false, code: 'invalid-input', message: error instanceof Error ? error.message : 'Refused.' };
  }
}

function firstSnapshot(settings: Settings, random: () => number): Snapshot {
  const index: Instrument = instrumentOf('NIFTY 50', 'nse-index');
  const instruments = [index, ...SYMBOLS.map((symbol) => instrumentOf(symbol, 'nse-cas'))];
  const quotes = instruments.map((one) => firstQuote(one.key, random));
  const sparklines: Record<InstrumentKey, readonly number[]> = {};
  for (const { instrument, ltp } of quotes) sparklines[instrument] = sparkline(ltp, random);
  return {
    seq: 0,
    version: '0.1.0',
    settings,
    brokers: BROKERS,
    instruments,
    quotes,
    sparklines,
    alerts: [
      alertOf('RELIANCE', 'buy', 0, false),
      alertOf('AXISBANK', 'sell', 0, false),
      alertOf('LT', 'buy', 3, true),
    ],
    formingSignals: [alertOf('COALINDIA', 'buy', -1, false).signal],
    feed: {
      source: 'simulator',
      label: 'Simulated market',
      world: 'simulated',
      mode: 'streaming',
      status: { state: 'live', since: FAKE_NOW },
      speed: 10,
    },
    market: { phase: 'open', until: Date.parse('2026-11-20T15:15:00+05:30') as EpochMs },
    scan: { lastBarTime: FAKE_NOW, judgedAt: FAKE_NOW, instruments: 30, fired: 2, unknown: 0 },
    stats: {
      marketTime: FAKE_NOW,
      messagesPerSecond: 214,
      ticksPerSecond: 512,
      lastTickAt: FAKE_NOW,
      rejects: {},
      late: 0,
      outsideSession: 0,
      latencyP95Ms: 84,
      databaseBytes: 212e6,
      reconnects: 0,
    },
  };
}

function instrumentOf(symbol: string, segment: Instrument['segment']): Instrument {
  const key = `NSE:${symbol}` as InstrumentKey;
  const name = symbol === 'NIFTY 50' ? symbol : `${symbol.charAt(0)}${symbol.slice(1).toLowerCase()} Limited`;
  return { key, name, segment, sector: undefined, tickSize: 0.05, priceDecimals: 2, lotSize: 1 };
}

function firstQuote(instrument: InstrumentKey, random: () => number): Quote {
  const previousClose = instrument === 'NSE:NIFTY 50' ? 24_300 : 300 + random() * 4_200;
  const changePercent = (random() - 0.45) * 3.2;
  return {
    instrument,
    ltp: previousClose * (1 + changePercent / 100),
    previousClose,
    changePercent,
    dayVolume: Math.floor(random() * 5e6),
    rsi: 38 + random() * 30,
    trend: random() > 0.5 ? 'up' : 'down',
    time: FAKE_NOW,
    receivedAt: FAKE_NOW,
  };
}

function walk(quote: Quote, time: EpochMs, random: () => number): Quote {
  const ltp = quote.ltp * (1 + (random() - 0.5) * 0.0006);
  const { previousClose } = quote;
  const changePercent = previousClose === undefined ? undefined : (ltp / previousClose - 1) * 100;
  return { ...quote, ltp, changePercent, time, receivedAt: time };
}

function sparkline(last: number, random: () => number): readonly number[] {
  const closes = [last];
  for (let point = 1; point < 36; point += 1) closes.unshift((closes[0] ?? last) * (1 + (random() - 0.5) * 0.004));
  return closes;
}

/** An alert of the bar that closed `barsAgo` bars before the last one. */
export function alertOf(symbol: string, side: 'buy' | 'sell', barsAgo: number, read: boolean): Alert {
  const barTime = (Date.parse('2026-11-20T10:40:00+05:30') - barsAgo * 300_000) as EpochMs;
  const instrument = `NSE:${symbol}` as InstrumentKey;
  return {
    id: `${instrument} 5m ema-cross ${barTime}`,
    raisedAt: (barTime + 300_000) as EpochMs,
    signal: {
      instrument,
      timeframe: '5m',
      rule: 'ema-cross',
      side,
      barTime,
      price: 1_412.3,
      values: { 'ema(9)': 1_411.2, 'ema(21)': 1_410.9, 'rsi(14)': 58.3 },
    },
    text: `EMA 9 crossed ${side === 'buy' ? 'above' : 'below'} EMA 21, RSI 58.3`,
    read,
    late: false,
  };
}

function walkCandles(
  instrument: InstrumentKey,
  timeframe: Timeframe,
  count: number,
  now: EpochMs,
  random: () => number,
): CandleTable {
  const length = isIntraday(timeframe) ? INTRADAY_MS[timeframe] : 86_400_000;
  const bars: Candle[] = [];
  let price = 1_400;
  for (let bar = count; bar > 0; bar -= 1) {
    const close = price * (1 + (random() - 0.5) * 0.003);
    const [high, low] = [Math.max(price, close) * 1.0006, Math.min(price, close) * 0.9994];
    const openTime = (Math.floor(now / length) * length - bar * length) as EpochMs;
    bars.push({ instrument, timeframe, openTime, open: price, high, low, close, volume: 1_000 + random() * 9_000 });
    price = close;
  }
  return {
    instrument,
    timeframe,
    openTime: bars.map(({ openTime }) => openTime),
    open: bars.map(({ open }) => open),
    high: bars.map(({ high }) => high),
    low: bars.map(({ low }) => low),
    close: bars.map(({ close }) => close),
    volume: bars.map(({ volume }) => volume ?? null),
    forming: null,
    more: false,
  };
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const LIMITS = { instrumentsPerSocket: 3_000, sockets: 3 } as const;
const BROKERS: readonly BrokerState[] = [
  {
    manifest: {
      id: 'simulator',
      label: 'Simulated market',
      description: 'All fifty stocks on a made-up market that runs at any hour.',
      credentialFields: [],
      limits: LIMITS,
      can: { stream: true, quotes: true, history: true, orders: false },
      world: 'simulated',
    },
    fieldsSet: [],
    savedAt: undefined,
  },
  {
    manifest: {
      id: 'replay',
      label: 'Replay',
      description: 'Recorded files, at any speed.',
      credentialFields: [],
      limits: LIMITS,
      can: { stream: true, quotes: false, history: true, orders: false },
      world: 'replay',
    },
    fieldsSet: [],
    savedAt: undefined,
  },
  {
    manifest: {
      id: 'kite',
      label: 'Zerodha Kite',
      description: 'Live NSE prices with your Kite Connect subscription.',
      credentialFields: [
        { name: 'apiKey', label: 'API key', secret: false, hint: 'From developers.kite.trade, your app’s page.' },
        { name: 'accessToken', label: 'Access token', secret: true, hint: 'Valid until about 06:00 tomorrow.' },
      ],
      limits: LIMITS,
      can: { stream: true, quotes: true, history: true, orders: false },
      world: 'market',
    },
    fieldsSet: ['apiKey'],
    savedAt: FAKE_NOW,
  },
];
