import { describe, expect, it } from 'vitest';
import { compileRule } from '../../src/core/scanner/compile-rule.ts';
import { Archive } from '../../src/main/engine/archive.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { RuleDesk } from '../../src/main/engine/rule-desk.ts';
import { Track } from '../../src/main/engine/track.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ist } from '../support/ist.ts';
import { PROOF_CALENDAR, PROOF_STOCKS, plainRule, storeBars } from '../support/raised-alerts.ts';

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
  const nothing = () => undefined;
  const out = {
    store: nothing,
    auction: nothing,
    auctionSoFar: nothing,
    inferred: nothing,
    late: nothing,
    ruleBar: nothing,
    chartBar: nothing,
  };
  const track = new Track(stock, PROOF_CALENDAR, out, new Hearing({ ms: 0 }));
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
});
