import type { EpochMs } from '../../../src/core/brand.ts';
import { moscowShare } from '../../../src/main/brokers/tinvest/presets.ts';
import { openTinvest } from '../../../src/main/brokers/tinvest/session.ts';
import { FAKE_INSTRUMENTS, GAZP, SBER } from '../../fakes/tinvest-frames.ts';
import { startTinvestVenue } from '../../fakes/tinvest-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { contextFor, key } from './open-context.ts';

const never = new AbortController().signal;
/** Of another board: it has to be searched for. */
const FUND = { ...SBER, uid: '00000000-0000-4000-8000-000000000001', figi: '', ticker: 'FUND', classCode: 'TQTF' };
/** A second that is over. */
const time = Math.floor(Date.now() / 1_000) * 1_000 - 5_000;
/** An hour in which Moscow trades, whenever the test runs. */
const tradedHour = Date.parse('2026-11-20T10:00:00Z');

/** Everything that goes over the wire while a feed and all calls are used once. */
export async function wholeSession(cacheDir: string) {
  const venue = await startTinvestVenue({ instruments: [...FAKE_INSTRUMENTS, FUND], rules: { pingScale: 1_000 } });
  const frames: { readonly direction: string; readonly text: string }[] = [];
  const answers: { readonly method: string; readonly body: string }[] = [];
  const context = contextFor(venue, FAKE_INSTRUMENTS, {
    cacheDir,
    tap: {
      message: (_connection, direction, message) => frames.push({ direction, text: String(message) }),
      answer: (_method, path, _status, body) => answers.push({ method: path.split('/').at(-1) ?? '', body }),
    },
    instruments: [moscowShare('SBER'), moscowShare(GAZP.figi), moscowShare('LKOH'), moscowShare('FUND')],
  });
  const session = await openTinvest(context, { jitter: () => 0 });
  const gazp = session.instruments[1]?.key ?? key('GAZP');
  const notes = new FeedNotes();
  const stop = new AbortController();
  session.feed.watch(new Set([key('SBER'), gazp]));
  session.feed.books?.(true);
  session.feed.candles?.(['1m', '1h', '1d']);
  const ran = session.feed.run(notes, stop.signal);
  const [client] = await eventuallyFirst(() => [...venue.stream.clients]);
  await eventually(() => client.subscriptions.length).toBe(2 * 7);
  for (const side of ['buy', 'sell', undefined] as const)
    venue.trade({ uid: SBER.uid, price: 250.07, quantity: 7, time, ...(side && { side }) });
  venue.trade({ uid: GAZP.uid, price: 0.0001, quantity: 9_007_199_254, time: time + 123, side: 'sell' });
  venue.book({ uid: SBER.uid, bids: [[250.01, 4]], asks: [[250.03, 60]], time });
  venue.status(SBER.uid, 'NORMAL_TRADING');
  const bar = { open: 250, high: 251.5, low: 249.99, close: 250.25, volume: 4_279, time: tradedHour };
  for (const interval of ['ONE_MINUTE', 'ONE_HOUR', 'ONE_DAY']) venue.candle({ uid: SBER.uid, interval, ...bar });
  await eventually(() => notes.candles.length).toBe(3);
  session.feed.watch(new Set([gazp]));
  await eventually(() => client.subscriptions.length).toBe(7);
  const span = { instrument: key('SBER'), from: (time - 3_600_000) as EpochMs, to: time as EpochMs };
  await session.history?.candles({ ...span, timeframe: '5m' }, never);
  await session.trades?.trades(span, never);
  await session.quotes?.quotes([key('SBER'), gazp], never);
  stop.abort();
  await ran;
  await venue.close();
  return { frames, answers, bodies: venue.bodies, notes };
}

async function eventuallyFirst<Value>(look: () => readonly Value[]): Promise<readonly [Value]> {
  await eventually(() => look().length).toBeGreaterThan(0);
  const [first] = look();
  if (first === undefined) throw new Error('nothing came');
  return [first];
}
