import { strict as assert } from 'node:assert';
import { EMA as TiEma, RSI as TiRsi } from 'technicalindicators';
import { EMA as TsEma, RSI as TsRsi } from 'trading-signals';
import { type EpochMs, type InstrumentKey, MINUTE_MS } from '../../src/core/brand.ts';
import { ROUND_THE_CLOCK } from '../../src/core/calendar.ts';
import type { Candle } from '../../src/core/candle.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { type CompiledRule, compileRule } from '../../src/core/scanner/compile-rule.ts';
import { defaultRule } from '../../src/core/scanner/default-rule.ts';
import { ScanLane } from '../../src/core/scanner/scan-lane.ts';
import type { Side } from '../../src/core/signal.ts';
import type { Entry, Part } from './part.ts';
import { walk } from './prices.ts';

const INSTRUMENT: Instrument = {
  key: 'NSE:INFY' as InstrumentKey,
  name: 'Infosys',
  segment: '24x7',
  sector: undefined,
  tickSize: 0.05,
  priceDecimals: 2,
  lotSize: 1,
};

/** Minutes of several weeks. */
const BARS: readonly Candle[] = Array.from(walk(100_000), (close, minute) => ({
  instrument: INSTRUMENT.key,
  timeframe: '1m',
  openTime: (Date.parse('2026-06-01T00:00:00Z') + minute * MINUTE_MS) as EpochMs,
  open: close,
  high: close + 0.5,
  low: close - 0.5,
  close,
  volume: 100,
}));
const WARM = BARS.slice(0, 5_000);
/** Rounds that look at a forming bar: each is a price of the same bar. */
const NEXT = BARS.slice(5_000, 5_001);
const LOOKS = 20_000;

const numbers = { fast: 9, slow: 21, rsi: 14, momentum: 50 };
/** The default rule, and nine that ask for more momentum. */
const MOMENTA = Array.from({ length: 10 }, (_, at) => 50 + at);
const TEN = MOMENTA.map((momentum) =>
  compileRule(defaultRule({ ...numbers, momentum, enabled: true, forming: true, timeframe: '1m' })),
);

/** `ema(9) crosses above ema(21) and rsi(14) > 50`, and the sell the other way, by one library. */
interface Judge {
  /** Takes a closed bar, and says which side it fires. */
  close(bar: Candle): Side | undefined;
  /** What a bar that is still forming would fire. */
  preview(bar: Candle): Side | undefined;
}

function ours(): Judge {
  const lane = laneOf(TEN.slice(0, 1));
  return { close: (bar) => lane.close(bar)[0]?.side, preview: (bar) => lane.preview(bar)[0]?.side };
}

function laneOf(rules: readonly CompiledRule[]): ScanLane {
  return new ScanLane(rules, '1m', { instrument: INSTRUMENT, calendar: ROUND_THE_CLOCK, longer: () => [] });
}

/** What a user of a library of indicators writes beside it. */
class Cross {
  readonly #momentum: number;
  #fast = Number.NaN;
  #slow = Number.NaN;

  constructor(momentum: number) {
    this.#momentum = momentum;
  }

  /** Keeps the averages as those of the bar before, unless it is a preview. */
  judge(fast: number, slow: number, rsi: number, isPreview: boolean): Side | undefined {
    const isUp = fast > slow && this.#fast <= this.#slow && rsi > this.#momentum;
    const isDown = fast < slow && this.#fast >= this.#slow && rsi < 100 - this.#momentum;
    if (!isPreview) {
      this.#fast = fast;
      this.#slow = slow;
    }
    return isUp ? 'buy' : isDown ? 'sell' : undefined;
  }
}

function tradingSignals(momentum = 50): Judge {
  const [fast, slow, strength] = [new TsEma(9), new TsEma(21), new TsRsi(14)];
  const cross = new Cross(momentum);
  // A preview takes the place of the one before it, and the closed bar the place of the last preview.
  let isForming = false;
  const judged = (price: number, isPreview: boolean): Side | undefined => {
    const [a, b] = [fast.update(price, isForming), slow.update(price, isForming)];
    const side = cross.judge(a, b, strength.update(price, isForming) ?? 50, isPreview);
    isForming = isPreview;
    return side;
  };
  return { close: ({ close }) => judged(close, false), preview: ({ close }) => judged(close, true) };
}

/** Has no way to look at a bar that is still forming. */
function technicalIndicators(momentum = 50): Pick<Judge, 'close'> {
  const [fast, slow] = [new TiEma({ period: 9, values: [] }), new TiEma({ period: 21, values: [] })];
  const strength = new TiRsi({ period: 14, values: [] });
  const cross = new Cross(momentum);
  return {
    close({ close }) {
      const [a, b] = [fast.nextValue(close) ?? Number.NaN, slow.nextValue(close) ?? Number.NaN];
      return cross.judge(a, b, strength.nextValue(close) ?? 50, false);
    },
  };
}

/** How many sides fire on a bar. */
type Firing = (bar: Candle) => number;

function oursOf(rules: readonly CompiledRule[]): Firing {
  const lane = laneOf(rules);
  return (bar) => lane.close(bar).length;
}

/** Rules share nothing there. */
function theirsOf(judges: readonly Pick<Judge, 'close'>[]): Firing {
  return (bar) => {
    let fired = 0;
    for (const judge of judges) if (judge.close(bar) !== undefined) fired += 1;
    return fired;
  };
}

/** Bars on which the averages of one library still remember where they began. */
const SEEDED = 500;

/** All must fire the same side on the same bars; one of them rounds its RSI to two decimals, so it may miss one at 50. */
function checkAgreement(): void {
  const fired = (by: Pick<Judge, 'close'>): readonly string[] =>
    BARS.flatMap((bar, at) => {
      const side = by.close(bar);
      return side === undefined || at < SEEDED ? [] : `${at} ${side}`;
    });
  const expected = fired(ours());
  assert.ok(expected.length > 1_000, 'the rule fires');
  assert.deepEqual(fired(tradingSignals()), expected);
  const rounded = new Set(fired(technicalIndicators()));
  const missed = expected.filter((each) => !rounded.has(each));
  assert.ok(missed.length <= expected.length / 500, `technicalindicators misses ${missed.length}`);
  assert.equal(rounded.size, expected.length - missed.length);
  const [lane, theirs] = [oursOf(TEN), theirsOf(MOMENTA.map((momentum) => tradingSignals(momentum)))];
  BARS.forEach((bar, at) => {
    const [own, other] = [lane(bar), theirs(bar)];
    if (at >= SEEDED) assert.equal(own, other, `ten rules, bar ${at}`);
  });
}

function closing(name: string, rules: number, start: () => Firing): Entry {
  const prepare: Entry['prepare'] = () => {
    let firing = start();
    return {
      operations: BARS.length * rules,
      reset: () => {
        firing = start();
      },
      run() {
        let fired = 0;
        for (const bar of BARS) fired += firing(bar);
        return fired;
      },
    };
  };
  return { name, prepare };
}

function previewing(name: string, start: () => Judge): Entry {
  const prepare: Entry['prepare'] = () => {
    const by = start();
    for (const bar of WARM) by.close(bar);
    const looks = NEXT.flatMap((bar) =>
      Array.from({ length: LOOKS }, (_look, at) => ({ ...bar, close: bar.close + ((at % 81) - 40) * 0.05 })),
    );
    return {
      operations: LOOKS,
      run() {
        let fired = 0;
        for (const bar of looks) if (by.preview(bar) !== undefined) fired += 1;
        return fired;
      },
    };
  };
  return { name, prepare };
}

export const rules: Part = {
  name: 'rules',
  check: checkAgreement,
  jobs: [
    {
      title: 'The default rule, a closed bar: EMA 9 crosses EMA 21 with RSI 14',
      unit: 'rule evaluations',
      entries: [
        closing('tickscope', 1, () => oursOf(TEN.slice(0, 1))),
        closing('trading-signals 8.3.0', 1, () => theirsOf([tradingSignals()])),
        closing('technicalindicators 3.1.0', 1, () => theirsOf([technicalIndicators()])),
      ],
      reference:
        'the peers know no rules: theirs is a hand-written "if", which has no unknown, no arming and no reason',
    },
    {
      title: 'Ten rules that differ in their RSI, a closed bar',
      unit: 'rule evaluations',
      entries: [
        closing('tickscope', 10, () => oursOf(TEN)),
        closing('trading-signals 8.3.0', 10, () => theirsOf(MOMENTA.map((momentum) => tradingSignals(momentum)))),
        closing('technicalindicators 3.1.0', 10, () =>
          theirsOf(MOMENTA.map((momentum) => technicalIndicators(momentum))),
        ),
      ],
      reference:
        'trading-signals 7.0M, technicalindicators 3.9M: each rule by itself, a lane computes once what rules share',
    },
    {
      title: 'The default rule, a look at the forming bar',
      unit: 'rule evaluations',
      entries: [previewing('tickscope', ours), previewing('trading-signals 8.3.0', tradingSignals)],
      reference: 'trading-signals 11.5M; technicalindicators cannot',
    },
  ],
};
