import type { CandleTable } from '../../src/contract/commands.ts';
import type { LedgerRow } from '../../src/contract/coverage.ts';
import type { EngineEvent } from '../../src/contract/events.ts';
import type { EpochMs, TradingDate } from '../../src/core/brand.ts';
import type { SeenRequest } from '../fakes/kite-venue.ts';
import { ask } from './composed.ts';
import { FRIDAY, INFY_KEY, KEYS, kiteDay, MONDAY, onFriday, onMonday } from './kite-day.ts';

type Day = Awaited<ReturnType<typeof kiteDay>>;

/** How everything stood at one moment. */
export type Page = Awaited<ReturnType<Day['state']>> & {
  readonly at: EpochMs;
  readonly requests: number;
  readonly upgrades: number;
  readonly sockets: number;
  readonly ledger: readonly LedgerRow[];
  /** Events told by then. */
  readonly events: number;
};

/** From Friday before six to Monday morning, with everything in between that can happen to a feed. Answers the diary. */
export async function playFridayToMonday(folder: string) {
  const day = await kiteDay(`${FRIDAY} 05:58`, undefined, folder);
  const { market, venue, engine, clock } = day;
  const pages = new Map<string, Page>();
  const tables = new Map<string, CandleTable>();
  const note = async (title: string, date: TradingDate = FRIDAY): Promise<void> => {
    const sockets = venue.ticker.clients.size;
    const rest = { ...day.asked(), sockets, ledger: await day.ledger(date), events: day.events.length };
    pages.set(title, { ...(await day.state()), at: clock.now(), ...rest });
  };
  const keepBars = async (title: string): Promise<void> => {
    for (const key of KEYS)
      for (const frame of ['1m', '5m', '1d'] as const)
        tables.set(`${title} ${key} ${frame}`, await day.table(key, frame));
  };
  const stateOf = (state: string) => async () => (await day.feed()).status.state === state;
  const logIn = (): Promise<unknown> => {
    const fields = { apiSecret: venue.apiSecret, requestToken: venue.issueRequestToken() };
    return ask(engine, 'credentials.save', { broker: 'kite', fields });
  };

  await market.until('the feed is live in the night', day.isLive);
  await ask(engine, 'chart.watch', { screen: 'one', instrument: INFY_KEY, timeframe: '1m' });
  await market.to(onFriday('05:59:59'));
  await note('night');
  venue.expireToken();
  await market.to(onFriday('06:00:05'));
  await note('expired');
  await market.to(onFriday('06:30'));
  await note('half an hour later');
  await market.sleep(onFriday('08:50'));
  await market.to(onFriday('08:50:30'));
  await note('awake');
  await logIn();
  await market.until('the feed goes on after the login', day.isLive);
  await note('logged in');

  await market.to(onFriday('09:05'));
  await note('pre-open');
  // A line that breaks before the auction matches costs nothing of it.
  venue.kill();
  await market.until('the line is back', day.isLive);
  await market.to(onFriday('09:12'));
  tables.set('pre-open', await day.table(INFY_KEY, '1m'));
  await market.to(onFriday('09:15:30'));
  await note('open');

  await market.to(onFriday('09:21:10'));
  venue.faults.upgrade = 503;
  venue.kill();
  await market.to(onFriday('09:21:30'));
  await note('broken');
  venue.faults.upgrade = undefined;
  await market.until('the line is back', day.isLive);
  await market.to(onFriday('09:24'));
  await note('mended');

  await market.to(onFriday('09:29:52'));
  venue.faults.heartbeatsOnly = true;
  await market.until('a mute socket is noticed', stateOf('stale'), 20_000);
  await note('mute');
  // Nothing is told of the hole either: the venue has had enough of us.
  venue.faults.api = 429;
  await market.until('a mute socket is hung up', stateOf('waiting'), 60_000);
  venue.faults.heartbeatsOnly = false;
  await market.until('another socket tells', day.isLive);
  await market.to(onFriday('09:34:30'));
  await note('refused');
  venue.faults.api = undefined;
  await market.to(onFriday('09:40'));
  await note('repaired');

  await market.to(onFriday('09:59:59'));
  await note('before polling');
  await market.to(onFriday('10:00:05'));
  await note('polling');
  await market.to(onFriday('11:00'));
  await note('an hour of polling');
  await market.sleep(onFriday('13:00'));
  await market.to(onFriday('13:07'));
  await note('after a nap');
  await ask(engine, 'mode.hold', { mode: 'streaming' });
  await market.until(
    'the held mode streams',
    async () => (await day.feed()).mode === 'streaming' && (await day.isLive()),
  );
  await note('held');
  await market.to(onFriday('13:59:59'));
  await note('still held');
  await market.to(onFriday('14:00:05'));
  await note('afternoon');
  await ask(engine, 'mode.hold', { mode: 'polling' });
  await market.to(onFriday('14:05'));
  await note('held against the afternoon');
  await ask(engine, 'mode.hold', { mode: null });
  await market.to(onFriday('14:06'));
  await note('hold given up');

  await market.to(onFriday('15:14:59'));
  await note('last minute');
  await market.to(onFriday('15:17'));
  await note('closing auction');
  await market.to(onFriday('15:36'));
  await note('closed');
  await market.to(onFriday('15:42'));
  await note('evening');
  await keepBars('evening');

  venue.expireToken();
  await market.sleep(onMonday('08:57'));
  await market.to(onMonday('08:57:40'));
  await note('monday', MONDAY);
  await logIn();
  await market.until('the feed goes on on Monday', day.isLive);
  await ask(engine, 'mode.hold', { mode: 'polling' });
  await market.to(onMonday('09:14:59'));
  await note('held before the open', MONDAY);
  await market.to(onMonday('09:15:05'));
  await note('monday open', MONDAY);
  await market.to(onMonday('09:31:30'));
  await note('monday morning', MONDAY);
  await keepBars('monday');
  const friday = await day.ledger(FRIDAY);
  await engine.close();

  const page = (title: string): Page => found(pages, title);
  return {
    page,
    table: (title: string) => found(tables, title),
    friday,
    requests: venue.requests as readonly SeenRequest[],
    logged: day.logged,
    events: day.events,
    between: (from: string, to: string): readonly EngineEvent[] => day.events.slice(page(from).events, page(to).events),
  };
}

export type Diary = Awaited<ReturnType<typeof playFridayToMonday>>;

function found<Value>(map: ReadonlyMap<string, Value>, title: string): Value {
  const value = map.get(title);
  if (value === undefined) throw new Error(`The diary has no page "${title}".`);
  return value;
}
