import { type ReactElement, useState } from 'react';
import type { NoiseReport } from '../../../../contract/backtest.ts';
import type { Rule } from '../../../../core/rule.ts';
import { formatCount } from '../../format/quantity.ts';
import { invoke } from '../../live/engine.ts';
import { editDraft } from '../../stores/rule-desk.ts';
import { WaitLine } from '../../ui/wait-line.tsx';
import { dateWords } from '../ledger/ledger-words.ts';
import { askedRule, askProblem, questionOf } from './asked-rule.ts';
import { FetchPast } from './fetch-past.tsx';
import { GapList, lacks } from './gap-list.tsx';
import { cooldownWords, historyWords, noiseWords, rateText } from './noise-words.ts';
import { useAnswer } from './use-answer.ts';
import './noise.css';

const SESSIONS = 20;

/** How much the rule would have said in the last sessions, and what each cooldown would leave of it. */
export function NoisePage({ draft }: { readonly draft: Rule }): ReactElement {
  const unready = askProblem(draft);
  // The rows say what each cooldown leaves: choosing one is no new question.
  const rule = { ...askedRule(draft), cooldownMinutes: 0 };
  const [fetched, setFetched] = useState(0);
  const question = unready === undefined ? `${fetched} ${questionOf(rule)}` : undefined;
  const { report, problem, busy, slow } = useAnswer(question, () =>
    invoke('rules.noise', { rule, sessions: SESSIONS }),
  );
  const trouble = unready ?? problem;
  return (
    <div className="noise" aria-busy={busy}>
      {trouble === undefined ? null : (
        <p className="settings-problem" role="alert">
          {trouble}
        </p>
      )}
      {slow ? <WaitLine>Going through the last {SESSIONS} sessions …</WaitLine> : null}
      {report === undefined ? null : <Report report={report} draft={draft} />}
      {report === undefined || !lacks(report, SESSIONS) ? null : (
        <FetchPast rule={rule} sessions={SESSIONS} onFetched={() => setFetched(fetched + 1)} />
      )}
    </div>
  );
}

function Report({ report, draft }: { readonly report: NoiseReport; readonly draft: Rule }): ReactElement {
  const short = historyWords(report.sessions, SESSIONS);
  const [first, ...others] = noiseWords(report);
  return (
    <>
      {short === undefined ? null : <p className="noise-short">{short}</p>}
      {report.sessions === 0 ? null : (
        <>
          <p className="noise-first">{first}</p>
          <ul className="noise-words">
            {others.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
          <DayBars days={report.days} />
          <h3>What a cooldown would leave</h3>
          <CooldownList report={report} draft={draft} />
        </>
      )}
      <GapList gaps={report.gaps} />
    </>
  );
}

/** Signals of each day, side by side. */
function DayBars({ days }: Pick<NoiseReport, 'days'>): ReactElement | null {
  const most = Math.max(1, ...days.map(({ count }) => count));
  if (days.length === 0) return null;
  return (
    <ol className="day-bars" aria-label="Signals of each day">
      {days.map(({ date, count }) => (
        <li key={date} title={`${dateWords(date)}: ${formatCount(count)}`}>
          <span className="quiet">
            {dateWords(date)}: {formatCount(count)}
          </span>
          <i aria-hidden style={{ height: `${Math.max(2, (count / most) * 100)}%` }} />
        </li>
      ))}
    </ol>
  );
}

/** One row a cooldown; a click chooses it. */
function CooldownList({ report, draft }: { readonly report: NoiseReport; readonly draft: Rule }): ReactElement {
  const { cooldowns, perDay } = report;
  const rows = cooldowns.some(({ minutes }) => minutes === 0) ? cooldowns : [{ minutes: 0, perDay }, ...cooldowns];
  const most = Math.max(...rows.map((row) => row.perDay), Number.MIN_VALUE);
  return (
    <ul className="cooldowns">
      {rows.map((row) => (
        <li key={row.minutes}>
          <button
            type="button"
            aria-pressed={row.minutes === draft.cooldownMinutes}
            onClick={() => editDraft({ cooldownMinutes: row.minutes })}
          >
            <span>{cooldownWords(row.minutes)}</span>
            <i aria-hidden>
              <i style={{ width: `${(row.perDay / most) * 100}%` }} />
            </i>
            <b>{rateText(row.perDay)} a day</b>
          </button>
        </li>
      ))}
    </ul>
  );
}
