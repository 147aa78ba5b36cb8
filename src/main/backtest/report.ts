import type { BacktestReport, NoiseReport } from '../../contract/backtest.ts';
import type { InstrumentKey, TradingDate } from '../../core/brand.ts';
import { NO_OUTCOME } from '../../core/outcome/grade.ts';
import { countNoise } from '../../core/outcome/noise.ts';
import { scoreboardOf } from '../../core/outcome/scoreboard.ts';
import type { Side } from '../../core/signal.ts';
import type { InstrumentRun, RunSignal } from './run-instrument.ts';

/** What came of all instruments, as a screen shows it. The order of `runs` does not matter. */
export function backtestReport(runs: readonly InstrumentRun[]): Omit<BacktestReport, 'elapsedMs'> {
  const dates = datesOf(runs);
  const signals = signalsOf(runs);
  const graded = signals.map(({ outcome = NO_OUTCOME, random }) => ({ outcome, random }));
  const sideOf = (side: Side) => scoreboardOf(graded.filter((_each, index) => signals[index]?.signal.side === side));
  return {
    from: dates[0] ?? null,
    to: dates.at(-1) ?? null,
    sessions: dates.length,
    instruments: runs.length,
    bars: runs.reduce((sum, { bars }) => sum + bars, 0),
    signals: signals.map(({ signal, text, outcome = NO_OUTCOME }) => ({ signal, text, outcome })),
    all: scoreboardOf(graded),
    buy: sideOf('buy'),
    sell: sideOf('sell'),
    gaps: gapsOf(runs),
  };
}

/** How much the rule would have said; `runs` are of the rule without its cooldown, which is `cooldown` minutes. */
export function noiseReport(runs: readonly InstrumentRun[], cooldown: number): Omit<NoiseReport, 'elapsedMs'> {
  const dates = wellTold(runs);
  const fires = signalsOf(runs)
    .filter(({ date }) => dates.includes(date))
    .map(({ signal: { instrument, side, barTime }, date, minute }) => ({ instrument, side, barTime, date, minute }));
  return { ...countNoise(fires, dates, cooldown), gaps: gapsOf(runs) };
}

/**
 * Sessions of which half of the instruments or more have bars. What a rule would have said of one share in a week says
 * nothing of how often fifty would have been heard.
 */
function wellTold(runs: readonly InstrumentRun[]): readonly TradingDate[] {
  const counts = new Map<TradingDate, number>();
  for (const { told } of runs) for (const date of told) counts.set(date, (counts.get(date) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts].flatMap(([date, count]) => (2 * count >= most ? [date] : [])).sort();
}

/** Every session of which any instrument has bars. */
function datesOf(runs: readonly InstrumentRun[]): readonly TradingDate[] {
  return [...new Set(runs.flatMap(({ told }) => told))].sort();
}

/** All signals by time, and on one bar by instrument. */
export function signalsOf(runs: readonly InstrumentRun[]): readonly RunSignal[] {
  return runs
    .flatMap(({ signals }) => signals)
    .sort(({ signal: a }, { signal: b }) => a.barTime - b.barTime || compare(a.instrument, b.instrument));
}

/** As `<` has it: the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

const HOLDS = 'It holds on the newest bar and never fired: a rule fires when it begins to hold, not while it does.';

/** Dates named in a sentence; the rest is a number. */
const NAMED = 3;

/** What is missing, and what can never be known: a sentence for each instrument. */
export function gapsOf(runs: readonly InstrumentRun[]): BacktestReport['gaps'] {
  const known = new Set(datesOf(runs));
  const isSilent = runs.every(({ signals }) => signals.length === 0);
  return runs
    .toSorted((a, b) => compare(a.instrument, b.instrument))
    .flatMap(({ instrument, missing, told, unknown, holds }) => {
      // What nobody has bars of was no session, or is not stored at all.
      const gaps = told.length === 0 ? [] : missing.filter((date) => known.has(date));
      const reasons: string[] = [];
      if (told.length === 0) reasons.push('No bars of it are stored in these sessions.');
      if (gaps.length > 0) reasons.push(gapSentence(gaps, known.size));
      if (unknown !== undefined) reasons.push(unknown);
      if (isSilent && holds) reasons.push(HOLDS);
      const lacking = told.length === 0 ? missing.length : gaps.length;
      return reasons.length === 0
        ? []
        : { instrument: instrument as InstrumentKey, reason: reasons.join(' '), missing: lacking };
    });
}

function gapSentence(gaps: readonly TradingDate[], sessions: number): string {
  const named = gaps.slice(0, NAMED).join(', ');
  const more = gaps.length > NAMED ? ` and ${gaps.length - NAMED} more` : '';
  return `No bars are stored of ${gaps.length} of ${sessions} sessions: ${named}${more}.`;
}
