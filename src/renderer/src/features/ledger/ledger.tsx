import type { ReactElement } from 'react';
import type { Ledger } from '../../../../contract/coverage.ts';
import { formatCount } from '../../format/quantity.ts';
import { formatClock } from '../../format/time.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { WaitLine } from '../../ui/wait-line.tsx';
import { DateStepper } from './date-stepper.tsx';
import { GradeMark } from './grade-mark.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { dayMissingWords, emptyLedger, gradeCounts } from './ledger-words.ts';
import { useLedger } from './use-ledger.ts';
import './ledger.css';
import './ledger-table.css';

/** What is known of a day, and what is missing: every instrument's minutes, counted. */
export function LedgerSection(): ReactElement {
  const { ledger, newest, slow, problem, show, step } = useLedger();
  const empty = ledger && emptyLedger(ledger);
  const missing = ledger && dayMissingWords(ledger.rows);
  return (
    <section className="ledger" aria-label="Ledger" aria-busy={slow}>
      <header className="ledger-head">
        <h3>Ledger</h3>
        <DateStepper date={ledger?.date} newest={newest} onShow={show} onStep={step} />
      </header>
      {slow ? (
        <WaitLine>{ledger === undefined ? 'Counting the minutes of the day …' : 'Counting again …'}</WaitLine>
      ) : null}
      {problem === undefined ? null : (
        <p className="ledger-problem" role="alert">
          {problem}
        </p>
      )}
      {ledger === undefined ? null : empty === undefined ? (
        <>
          <Totals ledger={ledger} isNewest={ledger.date === newest} />
          {missing === undefined ? null : <p className="side-hint">{missing}</p>}
          <LedgerTable key={ledger.date} rows={ledger.rows} />
        </>
      ) : (
        <p className="side-hint">{empty}</p>
      )}
      <Repairs />
    </section>
  );
}

function Totals({ ledger, isNewest }: { readonly ledger: Ledger; readonly isNewest: boolean }): ReactElement {
  const withheld = useFeedStore(({ scan }) => scan?.withheld ?? 0);
  return (
    <p className="ledger-totals" title={`Counted at ${formatClock(ledger.countedAt)} IST`}>
      {gradeCounts(ledger.rows).map(([grade, count]) => (
        <GradeMark key={grade} grade={grade}>
          {formatCount(count)} {grade}
        </GradeMark>
      ))}
      {isNewest && withheld > 0 ? (
        <span title="Signals held back until history confirms their bars">{formatCount(withheld)} withheld</span>
      ) : null}
    </p>
  );
}

/** How far a repair has come, or why there is none. */
function Repairs(): ReactElement | null {
  const progress = useFeedStore((state) => state.progress);
  const source = useFeedStore((state) => state.feed?.source);
  const broker = useSettingsStore(({ brokers }) => brokers.find(({ manifest }) => manifest.id === source));
  if (progress?.task === 'history')
    return (
      <p className="side-hint" role="status">
        Asking history for what is missing: {formatCount(progress.done)} of {formatCount(progress.total)}.
      </p>
    );
  if (broker === undefined || broker.manifest.can.history) return null;
  return <p className="side-hint">{broker.manifest.label} has no history, so holes cannot be repaired.</p>;
}
