import type { ReactElement } from 'react';
import type { OutcomeReport } from '../../../../contract/backtest.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { formatPercent } from '../../format/price.ts';
import { formatDate, formatMinute } from '../../format/time.ts';
import { useAlertStore } from '../../stores/alert-store.ts';
import { showAlert } from '../../stores/attention.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { closeOverlay } from '../../stores/ui-store.ts';

/** The newest are what one looks for; more than this nobody reads. */
const MOST = 200;

/** Each alert with what became of it, newest first. One that is still listed opens there. */
export function GradedList({ alerts }: Pick<OutcomeReport, 'alerts'>): ReactElement {
  const book = useRuleStore();
  const listed = useAlertStore((state) => state.alerts);
  const newest = [...alerts].sort((a, b) => b.raisedAt - a.raisedAt).slice(0, MOST);
  const open = (id: string): void => {
    closeOverlay();
    showAlert(id);
  };
  return (
    <>
      <table className="score-table group-table" aria-label="Each alert">
        <thead>
          <tr>
            <th scope="col">Alert</th>
            <th scope="col">Rule</th>
            {['+5 min', '+15 min', '+60 min', 'Close', 'Best', 'Worst'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newest.map(({ alert, rule, instrument, side, barTime, outcome, isFinal }) => (
            <tr key={alert}>
              <th scope="row">
                <span className="badge" data-side={side}>
                  {side.toUpperCase()}
                </span>{' '}
                {listed.some(({ id }) => id === alert) ? (
                  <button type="button" onClick={() => open(alert)}>
                    {symbolOf(instrument)}
                  </button>
                ) : (
                  symbolOf(instrument)
                )}{' '}
                <small>
                  {formatDate(barTime)} {formatMinute(barTime)}
                  {isFinal ? '' : ', still running'}
                </small>
              </th>
              <td>{ruleName(book, rule)}</td>
              <td>{formatPercent(outcome.after5)}</td>
              <td>{formatPercent(outcome.after15)}</td>
              <td>{formatPercent(outcome.after60)}</td>
              <td>{formatPercent(outcome.atClose)}</td>
              <td>{formatPercent(outcome.best)}</td>
              <td>{formatPercent(outcome.worst)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {alerts.length > MOST ? (
        <p className="side-hint">The newest {MOST} are shown. Choose fewer days to see others.</p>
      ) : null}
    </>
  );
}
