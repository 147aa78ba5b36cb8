import type { OutcomeReport } from '../../../../contract/backtest.ts';
import type { RuleBookState } from '../../../../contract/rules.ts';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { Scoreboard } from '../../../../core/outcome.ts';
import { ruleName } from '../../stores/rule-store.ts';

export type Grouping = 'rule' | 'instrument' | 'hour';

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly board: Scoreboard;
  /** What a click on it asks for; undefined where there is nothing to ask. */
  readonly of: { readonly rule: string } | { readonly instrument: InstrumentKey } | undefined;
}

/** The rows of a table of outcomes: hours in their order, all else with the most alerts first. */
export function groupRows(report: OutcomeReport, grouping: Grouping, book: RuleBookState): readonly GroupRow[] {
  switch (grouping) {
    case 'rule':
      return mostFirst(
        report.byRule.map(({ rule, board }) => ({ id: rule, name: ruleName(book, rule), board, of: { rule } })),
      );
    case 'instrument':
      return mostFirst(
        report.byInstrument.map(({ instrument, board }) => ({
          id: instrument,
          name: symbolOf(instrument),
          board,
          of: { instrument },
        })),
      );
    case 'hour':
      return report.byHour.map(({ hour, board }) => ({ id: String(hour), name: hourName(hour), board, of: undefined }));
  }
}

/** `10:00 to 10:59`. */
function hourName(hour: number): string {
  const two = String(hour).padStart(2, '0');
  return `${two}:00 to ${two}:59`;
}

function mostFirst(rows: readonly GroupRow[]): readonly GroupRow[] {
  return [...rows].sort((a, b) => b.board.count - a.board.count || a.name.localeCompare(b.name));
}
