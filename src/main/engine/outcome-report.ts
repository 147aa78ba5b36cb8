import type { OutcomeReport } from '../../contract/backtest.ts';
import type { InstrumentKey } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { scoreboardOf } from '../../core/outcome/scoreboard.ts';
import type { Scoreboard } from '../../core/outcome.ts';
import { DayClock } from '../../core/scanner/day-clock.ts';
import type { KeptOutcome } from './alert-store-port.ts';

/** Outcomes by rule, instrument and hour, the most alerts first; hours in their order. */
export function outcomeReport(
  kept: readonly KeptOutcome[],
  calendarOf: (instrument: InstrumentKey) => Calendar,
): OutcomeReport {
  const clocks = new Map<string, DayClock>();
  const hourOf = ({ instrument, timeframe, barTime }: KeptOutcome): number => {
    const kind = `${instrument} ${timeframe}`;
    const clock = clocks.get(kind) ?? new DayClock(calendarOf(instrument), timeframe);
    clocks.set(kind, clock);
    // Where trading goes on round the clock, the day's last bar closes at 24:00.
    return Math.floor(clock.momentOf(barTime).minute / 60) % 24;
  };
  return {
    alerts: kept.map(({ timeframe: _timeframe, ...graded }) => graded),
    all: scoreboardOf(kept),
    byRule: boards(kept, ({ rule }) => rule).map(([rule, board]) => ({ rule, board })),
    byInstrument: boards(kept, ({ instrument }) => instrument).map(([instrument, board]) => ({ instrument, board })),
    byHour: boards(kept, hourOf)
      .map(([hour, board]) => ({ hour, board }))
      .sort((a, b) => a.hour - b.hour),
  };
}

function boards<Key>(
  kept: readonly KeptOutcome[],
  keyOf: (outcome: KeptOutcome) => Key,
): readonly (readonly [Key, Scoreboard])[] {
  return [...Map.groupBy(kept, keyOf)]
    .map(([key, group]) => [key, scoreboardOf(group)] as const)
    .sort(([, a], [, b]) => b.count - a.count);
}
