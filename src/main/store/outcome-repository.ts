import type { Database, Statement } from 'better-sqlite3';
import type { Alert } from '../../core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import type { GradedAlert, RandomEntries } from '../../core/outcome.ts';
import type { Side } from '../../core/signal.ts';
import type { Timeframe } from '../../core/timeframe.ts';
import type { KeptOutcome, OutcomeStore } from '../engine/alert-store-port.ts';
import { type AlertRow, alertOfRow } from './alert-repository.ts';

interface OutcomeRow {
  readonly alert: string;
  readonly after_5: number | null;
  readonly after_15: number | null;
  readonly after_60: number | null;
  readonly at_close: number | null;
  readonly best: number | null;
  readonly worst: number | null;
  readonly random: string | null;
  readonly graded_at: EpochMs;
  readonly is_final: 0 | 1;
}

interface KeptRow extends OutcomeRow {
  readonly rule: string;
  readonly instrument: InstrumentKey;
  readonly timeframe: Timeframe;
  readonly side: Side;
  readonly bar_time: EpochMs;
  readonly raised_at: EpochMs;
}

/** How alerts turned out. Table: migrations/0014-outcomes.ts. */
export class OutcomeRepository implements OutcomeStore {
  readonly #ungraded: Statement<[EpochMs, number], AlertRow>;
  readonly #kept: Statement<[{ rule: string | null; instrument: string | null; since: EpochMs }], KeptRow>;
  readonly #rename: Statement<[{ readonly from: InstrumentKey; readonly to: InstrumentKey }]>;
  readonly #remove: Statement<[{ readonly from: InstrumentKey }]>;
  readonly saveOutcomes: (graded: readonly GradedAlert[]) => void;

  constructor(db: Database) {
    this.#ungraded = db.prepare(
      'SELECT * FROM alert WHERE graded = 0 AND bar_time < ? ORDER BY bar_time, rowid LIMIT ?',
    );
    this.#kept = db.prepare(`
      SELECT outcome.*, rule, instrument, timeframe, side, bar_time, raised_at
      FROM outcome JOIN alert ON alert.id = outcome.alert
      WHERE bar_time >= @since AND rule = ifnull(@rule, rule) AND instrument = ifnull(@instrument, instrument)
      ORDER BY bar_time DESC, alert.rowid DESC
    `);
    const save = db.prepare<[OutcomeRow]>(`
      INSERT OR REPLACE INTO outcome
        (alert, after_5, after_15, after_60, at_close, best, worst, random, graded_at, is_final)
      VALUES
        (@alert, @after_5, @after_15, @after_60, @at_close, @best, @worst, @random, @graded_at, @is_final)
    `);
    const settle = db.prepare<[0 | 1, string]>('UPDATE alert SET graded = ? WHERE id = ?');
    this.saveOutcomes = db.transaction((graded: readonly GradedAlert[]) => {
      for (const each of graded) {
        const row = rowOf(each);
        save.run(row);
        settle.run(row.is_final, row.alert);
      }
    }).immediate;
    // An alert's id begins with its instrument (signalId).
    const isOf = "substr(alert, 1, length(@from) + 1) = @from || ' '";
    this.#rename = db.prepare(
      `UPDATE OR IGNORE outcome SET alert = @to || substr(alert, length(@from) + 1) WHERE ${isOf}`,
    );
    this.#remove = db.prepare(`DELETE FROM outcome WHERE ${isOf}`);
  }

  ungraded(before: EpochMs, limit: number): readonly Alert[] {
    return this.#ungraded.all(before, limit).map(alertOfRow);
  }

  outcomes(rule: string | null, instrument: InstrumentKey | null, since: EpochMs): readonly KeptOutcome[] {
    return this.#kept.all({ rule, instrument, since }).map(keptOf);
  }

  /** Of an alert that both symbols have, the new one's outcome stays. Answers how many rows there were. */
  rename(from: InstrumentKey, to: InstrumentKey): number {
    return this.#rename.run({ from, to }).changes + this.#remove.run({ from }).changes;
  }
}

function rowOf({ alert, outcome, random, gradedAt, isFinal }: GradedAlert): OutcomeRow {
  return {
    alert,
    after_5: outcome.after5 ?? null,
    after_15: outcome.after15 ?? null,
    after_60: outcome.after60 ?? null,
    at_close: outcome.atClose ?? null,
    best: outcome.best ?? null,
    worst: outcome.worst ?? null,
    random: random === undefined ? null : JSON.stringify(random),
    graded_at: gradedAt,
    is_final: isFinal ? 1 : 0,
  };
}

function keptOf(row: KeptRow): KeptOutcome {
  return {
    alert: row.alert,
    rule: row.rule,
    instrument: row.instrument,
    timeframe: row.timeframe,
    side: row.side,
    barTime: row.bar_time,
    outcome: {
      after5: row.after_5 ?? undefined,
      after15: row.after_15 ?? undefined,
      after60: row.after_60 ?? undefined,
      atClose: row.at_close ?? undefined,
      best: row.best ?? undefined,
      worst: row.worst ?? undefined,
    },
    // Written by rowOf.
    random: row.random === null ? undefined : (JSON.parse(row.random) as RandomEntries),
    gradedAt: row.graded_at,
    isFinal: row.is_final === 1,
    raisedAt: row.raised_at,
  };
}
