import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../src/contract/events.ts';
import { snapshotOf } from './support/composed.ts';
import { type Diary, playFridayToMonday } from './support/friday-to-monday.ts';
import { FRIDAY, INFY_KEY, KEYS, kiteDay, MONDAY, onFriday, onMonday, rowsOf, truthOf } from './support/kite-day.ts';
import { tempFolderForAll } from './support/temp-folder.ts';

const folder = tempFolderForAll();
let diary: Diary;
beforeAll(async () => {
  diary = await playFridayToMonday(folder);
}, 120_000);

/** States of the feed in the order they were told, without repetition. */
function statesOf(events: readonly EngineEvent[]): readonly string[] {
  const states = events.flatMap((event) => (event.type === 'feed' ? [event.feed.status.state] : []));
  return states.filter((state, at) => state !== states[at - 1]);
}
const isReset = ({ type }: EngineEvent): boolean => type === 'reset';
const countsOf = (title: string) =>
  diary
    .page(title)
    .ledger.map(({ expected, received, repaired, missing, grade }) => [expected, received, repaired, missing, grade]);
const everywhere = <Counts>(counts: Counts): readonly Counts[] => KEYS.map(() => counts);

describe('a morning on which the token dies', () => {
  it('is quiet until then', () => {
    expect(diary.page('night')).toMatchObject({
      phase: 'closed',
      until: onFriday('09:15'),
      status: { state: 'live' },
      loginUntil: onFriday('06:00'),
      mode: 'streaming',
      nextMode: { at: onFriday('09:15'), mode: 'streaming' },
    });
  });

  it('asks for one login at six, and nothing of the venue for as long as it lasts', () => {
    const { status, sockets } = diary.page('expired');
    expect(status).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(status.state === 'stopped' && status.message).toMatch(/Log in again/);
    expect(sockets).toBe(0);
    const { requests, upgrades } = diary.page('night');
    for (const title of ['half an hour later', 'awake'])
      expect(diary.page(title), title).toMatchObject({ requests, upgrades, status });
    expect(statesOf(diary.between('night', 'awake'))).toEqual(['stopped']);
    expect(diary.logged.filter((line) => line.includes('no longer accepts')).length).toBeLessThanOrEqual(1);
  });

  it('goes on with new credentials in the same world', () => {
    expect(diary.page('logged in')).toMatchObject({
      status: { state: 'live' },
      loginUntil: onFriday('06:00') + 86_400_000,
      // The exchange of the request token and a look whether it works; one socket.
      requests: diary.page('awake').requests + 2,
      upgrades: diary.page('awake').upgrades + 1,
    });
    expect(diary.events.some(isReset), 'no world was opened anew, on Monday neither').toBe(false);
    const closed = diary.events.flatMap((event) =>
      event.type === 'candle' && event.closed && event.candle.instrument === INFY_KEY ? [event.candle.openTime] : [],
    );
    const fiveMinutes = [0, 1, 2, 3, 4].map((minute) => onFriday(`09:1${5 + minute}`));
    expect(closed.slice(0, 5), 'the chart that was open goes on').toEqual(fiveMinutes);
    expect(new Set(closed).size, 'each bar once').toBe(closed.length);
  });
});

describe('the hours of the market', () => {
  it.each([
    ['pre-open', 'pre-open', '09:15'],
    ['open', 'open', '15:15'],
    ['last minute', 'open', '15:15'],
    ['closing auction', 'closing-auction', '15:35'],
  ])('are known at "%s"', (title, phase, until) => {
    expect(diary.page(title)).toMatchObject({ phase, until: onFriday(until) });
  });

  it('end until Monday', () => {
    expect(diary.page('closed')).toMatchObject({ phase: 'closed', until: onMonday('09:15') });
    expect(diary.page('monday open')).toMatchObject({ phase: 'open', until: onMonday('15:15') });
  });

  it('give the auctions bars of their own, though the line broke before the first', () => {
    const tape = diary.table(`evening ${INFY_KEY} 1m`);
    const { auctions, forming } = diary.table('pre-open');
    expect(forming, 'no intraday bar').toBeNull();
    expect(auctions).toMatchObject([{ kind: 'pre-open', openTime: onFriday('09:00'), volume: 5_000 }]);
    expect(tape.auctions).toMatchObject([
      { kind: 'pre-open', volume: 5_000 },
      { kind: 'closing', openTime: onFriday('15:15'), volume: 9_000 },
    ]);
    const bars = rowsOf(tape, FRIDAY);
    expect([bars[0]?.[0], bars.at(-1)?.[0]]).toEqual([onFriday('09:15'), onFriday('15:14')]);
  });

  it('leave a quiet line alone in the closing auction and after it', () => {
    const { upgrades, requests } = diary.page('last minute');
    for (const title of ['closing auction', 'closed'])
      expect(diary.page(title), title).toMatchObject({ upgrades, requests, status: { state: 'live' } });
  });
});

describe('a line that breaks or falls mute', () => {
  it('is repaired from history after a break of twenty seconds', () => {
    expect(diary.page('broken').status).toMatchObject({ state: 'waiting', reason: expect.stringContaining('503') });
    expect(diary.page('mended').status.state).toBe('live');
    expect(diary.page('mended').upgrades - diary.page('open').upgrades, 'no storm').toBeLessThanOrEqual(6);
    expect(countsOf('mended')).toEqual(everywhere([9, 8, 1, 0, 'green']));
  });

  it('is stale, then hung up; what it did not tell is missing from the last price on, not from the last heartbeat', () => {
    const { status, ledger, at } = diary.page('mute');
    expect(status).toEqual({ state: 'stale', lastTickAt: onFriday('09:29:51') });
    expect(at - onFriday('09:29:51')).toBeLessThanOrEqual(16_000);
    expect(ledger.map(({ holes }) => holes)).toEqual(
      everywhere([{ open: onFriday('09:29'), close: onFriday('09:30') }]),
    );
  });

  it('waits while history says "too many", within its limits, and asks again', () => {
    expect(countsOf('refused')).toEqual(everywhere([19, 16, 1, 2, 'amber']));
    expect(diary.logged.join()).toContain('Kite says there were too many requests');
    // Three instruments, four tries each, in rounds ever further apart.
    expect(diary.page('refused').requests - diary.page('mute').requests).toBeLessThanOrEqual(36);
    expect(countsOf('repaired')).toEqual(everywhere([25, 22, 3, 0, 'green']));
  });
});

describe('the modes of the day', () => {
  it('change by the clock: no socket while prices are polled, few requests, and back', () => {
    expect(diary.page('open')).toMatchObject({
      mode: 'streaming',
      nextMode: { at: onFriday('10:00'), mode: 'polling' },
    });
    const { upgrades } = diary.page('before polling');
    for (const title of ['polling', 'an hour of polling', 'after a nap'])
      expect(diary.page(title), title).toMatchObject({
        mode: 'polling',
        isHeld: false,
        nextMode: { at: onFriday('14:00'), mode: 'streaming' },
        sockets: 0,
        upgrades,
        status: { state: 'live' },
      });
    const asked = diary.page('an hour of polling').requests - diary.page('polling').requests;
    expect(asked, 'sixty looks, and twelve times three histories').toBeLessThanOrEqual(60 + 12 * 3);
    expect(asked).toBeGreaterThan(80);
    expect(diary.page('afternoon')).toMatchObject({
      mode: 'streaming',
      nextMode: { at: onMonday('09:15') - 2 * 86_400_000, mode: 'streaming' },
    });
  });

  it('held by hand last to the boundary, and no longer', () => {
    const held = { mode: 'streaming', isHeld: true, nextMode: { at: onFriday('14:00') }, sockets: 1 };
    expect(diary.page('held')).toMatchObject(held);
    expect(diary.page('still held')).toMatchObject(held);
    const { upgrades } = diary.page('still held');
    expect(diary.page('afternoon'), 'it streams on').toMatchObject({ isHeld: false, upgrades, sockets: 1 });
    expect(diary.page('held against the afternoon')).toMatchObject({ mode: 'polling', isHeld: true, sockets: 0 });
    expect(diary.page('hold given up')).toMatchObject({ mode: 'streaming', isHeld: false, sockets: 1 });
    expect(diary.page('held before the open')).toMatchObject({ mode: 'polling', isHeld: true, sockets: 0 });
    expect(diary.page('monday open')).toMatchObject({ mode: 'streaming', isHeld: false, sockets: 1 });
  });

  it('keep the venue’s limits all the while', () => {
    const perSecond = Map.groupBy(diary.requests, ({ path, at }) => {
      const kind = path.includes('/historical/') ? 'history' : path.startsWith('/quote') ? 'quote' : 'other';
      return `${kind} ${Math.floor(at / 1_000)}`;
    });
    const most = { history: 3, quote: 1, other: 10 };
    for (const [second, requests] of perSecond)
      expect(requests.length, second).toBeLessThanOrEqual(most[second.split(' ')[0] as keyof typeof most]);
  });
});

describe('what is left of it', () => {
  it.each(KEYS)('%s has the bars that were traded, each whole', (key) => {
    for (const [frame, minutes] of [['1m', 1] as const, ['5m', 5] as const]) {
      const ofFriday = truthOf(key, FRIDAY, minutes, onFriday('15:15'));
      expect(ofFriday).toHaveLength(360 / minutes);
      expect(rowsOf(diary.table(`evening ${key} ${frame}`), FRIDAY), frame).toEqual(ofFriday);
      const ofMonday = truthOf(key, MONDAY, minutes, onMonday('09:31'));
      expect(rowsOf(diary.table(`monday ${key} ${frame}`), MONDAY), frame).toEqual(ofMonday);
    }
  });

  it('is a ledger that says what was heard and what was repaired', () => {
    const { page } = diary;
    for (const { received, ...row } of page('closed').ledger) {
      expect(row).toMatchObject({ expected: 360, repaired: 360 - received, missing: 0, grade: 'green' });
      // Heard: until 10:00 but for three minutes, 13:08 to 14:00, and the afternoon but for five; at each end of a
      // mode a minute may be told in part.
      expect(received).toBeLessThanOrEqual(42 + 52 + 70);
      expect(received).toBeGreaterThanOrEqual(42 + 52 + 70 - 5);
    }
    expect(diary.friday).toEqual(page('evening').ledger);
    expect(diary.friday.map(({ differences, lateRevisions }) => [differences, lateRevisions])).toEqual(
      everywhere([[], 0]),
    );
    for (const row of page('monday morning').ledger) {
      expect(row).toMatchObject({ expected: 16, missing: 0, grade: 'green' });
      expect(row.received).toBeGreaterThanOrEqual(15);
    }
  });

  it('asks for one login on Monday, without a socket tried', () => {
    const { upgrades, requests } = diary.page('evening');
    const monday = diary.page('monday');
    expect(monday.status).toMatchObject({ state: 'stopped', reason: 'auth-expired' });
    expect(monday.upgrades).toBe(upgrades);
    expect(monday.requests - requests).toBeLessThanOrEqual(1);
  });

  it('raised every signal once: those that an engine finds which saw the day undisturbed', async () => {
    const isOfFriday = (time: number): boolean => time >= onFriday('09:15') && time < onFriday('15:15');
    const raised = diary.events.flatMap((event) => (event.type === 'alert' ? [event.alert] : []));
    expect(new Set(raised.map(({ id }) => id)).size).toBe(raised.length);
    const other = await kiteDay(`${FRIDAY} 15:45`);
    await other.market.until('all is warm', async () => {
      const { scan, feed } = await snapshotOf(other.engine);
      return feed.status.state === 'live' && scan.instruments === KEYS.length && scan.unknown === 0;
    });
    const { alerts } = await snapshotOf(other.engine);
    const named = (all: typeof alerts) =>
      all
        .filter(({ signal }) => isOfFriday(signal.barTime))
        .map(({ id, signal }) => `${id} ${signal.side} ${signal.price}`)
        .toSorted();
    expect(named(raised)).toEqual(named(alerts));
    expect(named(raised).length).toBeGreaterThan(20);
    expect(raised.every(({ inputs }) => inputs === 'whole')).toBe(true);
  });
});
