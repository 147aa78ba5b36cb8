import Database from 'better-sqlite3';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import { candlesOf } from '../../src/core/candle-columns.ts';
import { signalId } from '../../src/core/signal.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { openStore } from '../../src/main/store/open-store.ts';

/** All that a store keeps of a replayed day, as text in the order of the rows. */
export interface Kept {
  /** Series to its bars, oldest first. */
  readonly bars: ReadonlyMap<string, readonly { readonly time: number; readonly text: string }[]>;
  /** Stretches of which the ledger says that every bar of the series is stored. */
  readonly covered: readonly { readonly series: string; readonly open: number; readonly close: number }[];
  readonly signals: readonly string[];
  readonly alerts: readonly string[];
  readonly integrity: unknown;
}

const EVER = [0 as EpochMs, Number.MAX_SAFE_INTEGER as EpochMs] as const;

/** Opens the store as the app does, and reads it. A file that would be set aside as damaged is a fault. */
export function readKept(path: string): Kept {
  const store = openStore(path, {
    onSetAside: ({ message }) => {
      throw new Error(message);
    },
  });
  const db = new Database(path, { readonly: true });
  try {
    // Only the table knows which series there are, and how often.
    const series = db.prepare<[], { instrument: InstrumentKey; timeframe: Timeframe }>(
      'SELECT DISTINCT instrument, timeframe FROM candle ORDER BY 1, 2',
    );
    const bars = series.all().map(({ instrument, timeframe }) => {
      const rows = candlesOf(store.loadCandles(instrument, timeframe, ...EVER), instrument, timeframe);
      return [
        `${instrument} ${timeframe}`,
        rows.map((bar) => ({ time: bar.openTime, text: JSON.stringify(bar) })),
      ] as const;
    });
    const instruments = store.coveredInstruments(...EVER);
    const covered = instruments.flatMap((instrument) =>
      store
        .covered(instrument, ...EVER)
        .map(({ timeframe, open, close }) => ({ series: `${instrument} ${timeframe}`, open, close })),
    );
    const signals = db.prepare<[], { id: string }>(
      `SELECT instrument || ' ' || timeframe || ' ' || rule || ' ' || bar_time AS id FROM signal ORDER BY bar_time, id`,
    );
    const alerts = store.alerts(100_000).map((alert) => {
      const { id, signal, text } = alert;
      if (id !== signalId(signal)) throw new Error(`The alert ${id} has the signal ${signalId(signal)}.`);
      return `${id} ${signal.side} ${signal.price} ${JSON.stringify(signal.values)} ${text}`;
    });
    return {
      bars: new Map(bars),
      covered,
      signals: signals.all().map(({ id }) => id),
      alerts: alerts.sort(),
      integrity: db.pragma('integrity_check', { simple: true }),
    };
  } finally {
    db.close();
    store.close();
  }
}
