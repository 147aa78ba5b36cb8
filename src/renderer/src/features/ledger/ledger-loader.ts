import type { Ledger } from '../../../../contract/coverage.ts';
import type { TradingDate } from '../../../../core/brand.ts';
import { addDays } from '../../../../core/calendar-date.ts';

/** What the Health page knows of the ledger at this moment. */
export interface LedgerView {
  readonly ledger: Ledger | undefined;
  /** The newest session's date, known once the newest ledger has been loaded. */
  readonly newest: TradingDate | undefined;
  /** An answer is awaited longer than a person waits without a word. */
  readonly slow: boolean;
  /** Why the last question was not answered, as a sentence. */
  readonly problem: string | undefined;
}

export interface LedgerLoader {
  /** Shows a date, or the newest session: null. */
  show(date: TradingDate | null): void;
  /** Shows the nearest session before (-1) or after (1) the one shown; after the last one comes the newest. */
  step(days: 1 | -1): void;
  /** The ledger changed: asks again, but not more often than every two seconds. */
  changed(): void;
  stop(): void;
}

interface LoaderWorld {
  load(date: TradingDate | null): Promise<Ledger>;
  show(view: LedgerView): void;
}

/** Between two questions that nobody asked by hand. */
export const EVERY_MS = 2_000;
const SLOW_AFTER_MS = 1_000;
/** No exchange has closed for longer. */
const MOST_DAYS_WITHOUT = 14;

/** Asks for the ledger of one day at a time. A later question makes an earlier answer worthless. */
export function createLedgerLoader({ load, show }: LoaderWorld): LedgerLoader {
  let view: LedgerView = { ledger: undefined, newest: undefined, slow: false, problem: undefined };
  let shown: TradingDate | null = null;
  let turn = 0;
  let busy = false;
  let stale = false;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let slow: ReturnType<typeof setTimeout> | undefined;

  const tell = (change: Partial<LedgerView>): void => {
    view = { ...view, ...change };
    show(view);
  };
  const ask = async (find: () => Promise<Found>): Promise<void> => {
    turn += 1;
    const mine = turn;
    busy = true;
    stale = false;
    clearTimeout(pause);
    pause = undefined;
    clearTimeout(slow);
    slow = setTimeout(() => tell({ slow: true }), SLOW_AFTER_MS);
    let change: Partial<LedgerView>;
    try {
      const { date, ledger } = await find();
      if (mine !== turn) return;
      shown = date;
      change = { ledger, problem: undefined, newest: date === null ? ledger.date : view.newest };
    } catch (error) {
      if (mine !== turn) return;
      change = { problem: error instanceof Error ? error.message : 'The ledger could not be loaded. Try again.' };
    }
    busy = false;
    clearTimeout(slow);
    tell({ ...change, slow: false });
    pause = setTimeout(() => {
      pause = undefined;
      if (stale) again();
    }, EVERY_MS);
  };
  const showDate = (date: TradingDate | null): void => {
    shown = date;
    void ask(async () => ({ date, ledger: await load(date) }));
  };
  const again = (): void => showDate(shown);

  return {
    show: showDate,
    step(days) {
      const { ledger, newest } = view;
      if (ledger !== undefined) void ask(() => findSession(load, ledger.date, days, newest));
    },
    changed() {
      if (busy || pause !== undefined) stale = true;
      else again();
    },
    stop() {
      turn += 1;
      clearTimeout(pause);
      clearTimeout(slow);
    },
  };
}

/** A day's ledger, and what to ask for to see it again: null stays with the newest session. */
interface Found {
  readonly date: TradingDate | null;
  readonly ledger: Ledger;
}

/** The nearest session; only the engine knows the calendar, so it is asked day by day. */
async function findSession(
  load: LoaderWorld['load'],
  from: TradingDate,
  days: 1 | -1,
  newest: TradingDate | undefined,
): Promise<Found> {
  for (let day = 1; ; day += 1) {
    const date = addDays(from, day * days);
    if (newest !== undefined && date >= newest) return { date: null, ledger: await load(null) };
    const ledger = await load(date);
    if (ledger.rows.length > 0 || day === MOST_DAYS_WITHOUT) return { date, ledger };
  }
}
