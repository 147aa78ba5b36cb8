import type { Reply } from '../../src/contract/client.ts';
import type { CandleTable } from '../../src/contract/commands.ts';
import type { EngineBatch, EngineEvent, Snapshot } from '../../src/contract/events.ts';
import { mergeSettings, type Settings, type SettingsPatch, settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Quote } from '../../src/core/quote.ts';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../src/core/timeframe.ts';
import type { ConnectedTransport, Connection } from '../../src/renderer/src/engine-client.ts';
import { FAKE_NOW, firstSnapshot, seeded } from './fake-snapshot.ts';

export interface FakeEngine {
  readonly transport: ConnectedTransport;
  /** Everything the screen asked, in order. */
  readonly asked: readonly { readonly name: string; readonly input: unknown }[];
  send(...events: readonly EngineEvent[]): void;
  connection(connection: Connection): void;
  /** One step of the walk: new prices for every instrument. */
  step(): void;
}

type Answers = Readonly<Record<string, (input: never) => unknown>>;

/** An engine that is not there: it answers every command from memory and walks its prices when told to; `more` are answers of a test. */
export function createFakeEngine(overrides: Partial<Snapshot> = {}, more: Answers = {}): FakeEngine {
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
  const answers: Answers = {
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
    ...more,
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

function walk(quote: Quote, time: EpochMs, random: () => number): Quote {
  const ltp = quote.ltp * (1 + (random() - 0.5) * 0.0006);
  const { previousClose } = quote;
  const changePercent = previousClose === undefined ? undefined : (ltp / previousClose - 1) * 100;
  return { ...quote, ltp, changePercent, time, receivedAt: time };
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
    auctions: [],
    more: false,
  };
}
