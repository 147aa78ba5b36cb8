import { type ReactElement, useState } from 'react';
import type { BacktestReport } from '../../../../contract/backtest.ts';
import type { Rule } from '../../../../core/rule.ts';
import { formatCount } from '../../format/quantity.ts';
import { formatSpan } from '../../format/time.ts';
import { invoke } from '../../live/engine.ts';
import { useRuleDesk } from '../../stores/rule-desk.ts';
import { Segments } from '../../ui/segments.tsx';
import { WaitLine } from '../../ui/wait-line.tsx';
import { dateWords } from '../ledger/ledger-words.ts';
import { ScoreTable } from '../outcomes/score-table.tsx';
import { headline } from '../outcomes/score-words.ts';
import { askedRule, askProblem, questionOf } from './asked-rule.ts';
import { FetchPast } from './fetch-past.tsx';
import { GapList, lacks } from './gap-list.tsx';
import { PastList } from './past-list.tsx';
import { useAnswer } from './use-answer.ts';
import './past.css';

const SESSIONS = [5, 10, 20, 60, 120, 250] as const;
const SIDES = [
  { value: 'all', label: 'Both' },
  { value: 'buy', label: 'Buys' },
  { value: 'sell', label: 'Sells' },
] as const;
type Shown = (typeof SIDES)[number]['value'];

/** What the rule would have alerted in the stored sessions, and what became of it. */
export function PastPage({ draft }: { readonly draft: Rule }): ReactElement {
  const sessions = useRuleDesk((state) => state.sessions);
  const past = useRuleDesk((state) => state.past);
  const unready = askProblem(draft);
  const rule = askedRule(draft);
  const [fetched, setFetched] = useState(0);
  const question = unready === undefined ? `${fetched} ${sessions} ${questionOf(rule)}` : undefined;
  const { report, problem, busy, slow } = useAnswer(
    question,
    () => invoke('rules.backtest', { rule, sessions }),
    past?.question === question ? past?.report : undefined,
    (answer, asked) => useRuleDesk.setState({ past: { question: asked, report: answer } }),
  );
  const trouble = unready ?? problem;
  return (
    <div className="past" aria-busy={busy}>
      <div className="past-head">
        <label>
          Over the last{' '}
          <select
            className="select"
            value={sessions}
            onChange={({ target }) => useRuleDesk.setState({ sessions: Number(target.value) })}
          >
            {SESSIONS.map((count) => (
              <option key={count} value={count}>
                {count} sessions
              </option>
            ))}
          </select>
        </label>
        {report === undefined ? null : <small>{lookedWords(report)}</small>}
      </div>
      {trouble === undefined ? null : (
        <p className="settings-problem" role="alert">
          {trouble}
        </p>
      )}
      {slow ? <WaitLine>Going through {formatCount(sessions)} sessions …</WaitLine> : null}
      {report === undefined ? null : <Report report={report} asked={sessions} timeframe={draft.timeframe} />}
      {report === undefined || !lacks(report, sessions) ? null : (
        <FetchPast rule={rule} sessions={sessions} onFetched={() => setFetched(fetched + 1)} />
      )}
    </div>
  );
}

/** `50 symbols from Mon 26 Oct 2026 to Fri 20 Nov 2026, 75,000 bars in 0.4 s`. */
function lookedWords({ instruments, from, to, bars, elapsedMs }: BacktestReport): string {
  if (from === null || to === null) return '';
  const symbols = `${formatCount(instruments)} symbol${instruments === 1 ? '' : 's'}`;
  return `${symbols}, ${dateWords(from)} to ${dateWords(to)}, ${formatCount(bars)} bars in ${formatSpan(elapsedMs)}`;
}

interface ReportProps {
  readonly report: BacktestReport;
  readonly asked: number;
  readonly timeframe: Rule['timeframe'];
}

function Report({ report, asked, timeframe }: ReportProps): ReactElement {
  const [shown, setShown] = useState<Shown>('all');
  const { signals, sessions } = report;
  if (sessions === 0)
    return (
      <>
        <p className="noise-short">
          No session is stored for these symbols yet. Let a feed run for a day, or log in at a broker that has history.
        </p>
        <GapList gaps={report.gaps} />
      </>
    );
  const listed = shown === 'all' ? signals : signals.filter(({ signal }) => signal.side === shown);
  return (
    <>
      {sessions < asked ? (
        <p className="noise-short">
          Only {formatCount(sessions)} of {formatCount(asked)} sessions are stored.
        </p>
      ) : null}
      {signals.length === 0 ? (
        <p className="noise-first">It would not have alerted once. Loosen a condition, or look further back.</p>
      ) : (
        <>
          <div className="past-score">
            <div>
              <p className="noise-first">
                {formatCount(signals.length)} alert{signals.length === 1 ? '' : 's'}. {headline(report[shown], shown)}
              </p>
            </div>
            <Segments label="Sides shown" value={shown} options={SIDES} onChange={setShown} />
          </div>
          <ScoreTable board={report[shown]} />
          <PastList signals={listed} timeframe={timeframe} />
        </>
      )}
      <GapList gaps={report.gaps} />
    </>
  );
}
