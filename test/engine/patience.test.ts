import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import type { BrokerSession } from '../../src/main/engine/ports.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY, TapeVenue, tapeOf } from '../support/tape.ts';
import { openWorld, settle } from '../support/world.ts';

const DAYS = ['2026-10-29', '2026-10-30'] as const;
const START = ist('2026-10-30 10:00:30');

/** A market whose line breaks at 10:30 for two minutes, over some history; ends when `minutes` have gone by. */
async function run(minutes: number, bend: (session: BrokerSession) => BrokerSession) {
  const clock = new FakeClock(START);
  const venue = new TapeVenue([INFY], tapeOf([INFY], DAYS, nse()), clock, nse());
  const opened = openWorld(bend(venue.session), clock, { rule: { timeframe: '1m', fast: 3, slow: 8, momentum: 0 } });
  await opened.world.start();
  for (let minute = 0; minute < minutes; minute += 1) {
    if (minute === 30) venue.break(2 * MINUTE_MS);
    for (let second = 0; second < 60; second += 1) {
      clock.advance(1_000);
      await settle();
    }
  }
  const alerts = [...opened.store.alerts(1_000)].sort(
    (a, b) => a.raisedAt - b.raisedAt || a.signal.barTime - b.signal.barTime,
  );
  const { scan } = opened.world.snapshot();
  const { rows } = opened.world.ledger(null);
  await opened.world.close();
  const since = (time: number) => alerts.filter(({ raisedAt }) => raisedAt > time);
  return { alerts, since, scan, rows };
}

const BROKEN = START + 30 * MINUTE_MS;

/** History whose answers from the break on are `answer`'s to give. */
function fromTheBreak(session: BrokerSession, answer: () => never): BrokerSession {
  const { history } = session;
  if (history === undefined) return session;
  let calls = 0;
  return {
    ...session,
    history: {
      ...history,
      // The first question is the warm-up's, the second the one for the minute we came in.
      candles: async (request, stop) => {
        calls += 1;
        return calls <= 2 ? history.candles(request, stop) : answer();
      },
    },
  };
}

describe('a hole that nobody fills', () => {
  it('keeps the rule back for an hour while the venue does not answer, and marks what comes then', async () => {
    const failing = (): never => {
      throw new AppError('network', 'The venue cannot be reached.');
    };
    const { since, rows, scan } = await run(120, (session) => fromTheBreak(session, failing));
    const told = since(BROKEN + MINUTE_MS);
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]?.raisedAt).toBeGreaterThan(BROKEN + HOUR_MS);
    expect(told[0]?.inputs).toBe('incomplete');
    expect(scan.withheld, 'the rule goes on').toBe(0);
    expect(rows[0]?.missing, 'the ledger forgets nothing').toBeGreaterThanOrEqual(2);
  });

  it('does not keep it back where the account has no history at all', async () => {
    const refusing = (): never => {
      throw new AppError('forbidden', 'This account has no history.');
    };
    const { since, scan } = await run(60, (session) => fromTheBreak(session, refusing));
    const told = since(BROKEN + 4 * MINUTE_MS);
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]?.inputs).toBe('incomplete');
    expect(scan.withheld).toBe(0);
  });

  it('marks the signals of a live feed without history after a break', async () => {
    const { alerts, since } = await run(60, (session) => ({ ...session, history: undefined, quotes: undefined }));
    const told = since(BROKEN + 2 * MINUTE_MS);
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]?.inputs).toBe('incomplete');
    const later = alerts.filter(({ signal }) => signal.barTime > BROKEN + 12 * MINUTE_MS);
    expect(
      later.map(({ inputs }) => inputs),
      'far from the hole',
    ).not.toContain('incomplete');
  });
});
