import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { actionsInForce } from '../../src/core/corporate-action.ts';
import { compileRule } from '../../src/core/scanner/compile-rule.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { RuleDesk } from '../../src/main/engine/rule-desk.ts';
import { Track } from '../../src/main/engine/track.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { NOWHERE } from '../support/found.ts';
import { barOf } from '../support/hand-venue.ts';
import { day, ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { PROOF_CALENDAR, PROOF_STOCKS, plainRule, storeBars } from '../support/raised-alerts.ts';
import { INFY } from '../support/tape.ts';

const NOW = ist('2026-10-30 12:00:30');
const RULE = compileRule(plainRule({ buy: 'close > ema(9)', sell: 'close < ema(9)' }));

/** A desk whose lane of one stock was warmed at noon from minutes that are stored. */
function atNoon() {
  const store = openStore(':memory:');
  storeBars(store);
  const archive = new Archive(store, () => undefined);
  const desk = new RuleDesk(
    {
      archive,
      clock: new FakeClock(NOW),
      onFound: () => undefined,
      onHole: () => undefined,
      onJudged: () => undefined,
      isNewUnit: () => false,
    },
    { timeframe: '5m', rules: [RULE], study: undefined },
  );
  const [stock] = PROOF_STOCKS;
  if (stock === undefined) return expect.unreachable('there are some');
  const track = new Track(stock, PROOF_CALENDAR, NOWHERE, new Hearing({ ms: 0 }));
  track.coverage.known({ open: ist('2026-10-30 09:15'), close: ist('2026-10-30 12:00') }, '1m');
  desk.warm(track);
  return { desk, track, lane: () => track.lanes.get('5m')?.lane };
}

describe('RuleDesk', () => {
  it('computes its readings anew to what they were, when nothing has changed', () => {
    const { desk, track, lane } = atNoon();
    const before = lane()?.judgements();
    expect(lane()?.lastOpenTime).toBe(ist('2026-10-30 11:55'));
    desk.recompute(track);
    expect(lane()?.lastOpenTime).toBe(ist('2026-10-30 11:55'));
    expect(lane()?.judgements()).toEqual(before);
    expect(before?.[0]?.clauses[0]?.operands.map(({ text }) => text)).toEqual(['close', 'ema(9)']);
  });

  it('makes a week of its days, in one unit, when shares were split in the midst of it', () => {
    const split = { instrument: INFY.key, exDate: day('2026-10-29'), kind: 'split', factor: 0.1, note: '' } as const;
    const calendar = nse();
    const store = openStore(':memory:');
    const keep = (date: string, price: number): void => {
      const bar = barOf(ist(`${date} 09:15`), price, 10, '1d');
      store.saveBars({ batches: [{ candles: [bar], provenance: 'official' }] });
    };
    for (const [date, price] of [
      ['2026-10-16', 980],
      ['2026-10-23', 950],
      ['2026-10-26', 900],
      ['2026-10-27', 900],
    ] as const)
      keep(date, price);
    const clock = new FakeClock(ist('2026-10-28 09:00'));
    const force = (to: EpochMs) => actionsInForce([split], INFY.key, calendar.dateOf(to));
    const desk = new RuleDesk(
      {
        archive: new Archive(
          store,
          () => undefined,
          () => force(clock.now()),
        ),
        clock,
        onFound: () => undefined,
        onHole: () => undefined,
        onJudged: () => undefined,
        isNewUnit: (_track, from, to) => force(to).some(({ exDate }) => exDate > calendar.dateOf(from)),
      },
      { timeframe: '1w', rules: [compileRule(plainRule({ buy: 'close > 0', sell: null }))], study: undefined },
    );
    const hearing = new Hearing({ ms: 0 });
    // Nobody else can tell more: the feed's own bar counts as whole.
    hearing.begin(clock.now(), true);
    const track = new Track(INFY, calendar, NOWHERE, hearing);
    desk.warm(track);
    for (const [date, price] of [
      ['2026-10-28', 900],
      ['2026-10-29', 90],
      ['2026-10-30', 89],
    ] as const)
      keep(date, price);
    clock.advance(ist('2026-10-30 15:45') - clock.now());
    desk.closed(track, barOf(ist('2026-10-26 09:15'), [900, 900, 89, 89], 10, '1w'));
    expect(track.lanes.get('1w')?.lane.previousBar?.close).toBe(95);
    expect(track.lanes.get('1w')?.lane.lastOpenTime).toBe(ist('2026-10-26 09:15'));
    const lane = track.lanes.get('1w')?.lane;
    expect(lane?.judgements()[0]?.clauses[0]?.operands[0]).toMatchObject({ text: 'close', now: 89, before: 95 });
  });
});
