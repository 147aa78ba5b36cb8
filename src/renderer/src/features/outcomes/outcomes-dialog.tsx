import { type ReactElement, useState } from 'react';
import type { OutcomeReport } from '../../../../contract/backtest.ts';
import type { InstrumentKey } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { formatCount } from '../../format/quantity.ts';
import { invoke } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useOutcomeDesk } from '../../stores/outcome-desk.ts';
import { useRuleStore } from '../../stores/rule-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { closeOverlay, useUiStore } from '../../stores/ui-store.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { Segments } from '../../ui/segments.tsx';
import { WaitLine } from '../../ui/wait-line.tsx';
import { useAnswer } from '../scan/use-answer.ts';
import { GradedList } from './graded-list.tsx';
import { type Grouping, groupRows } from './group-rows.ts';
import { GroupTable } from './group-table.tsx';
import { ScoreTable } from './score-table.tsx';
import { headline } from './score-words.ts';
import './outcomes.css';

const DAYS = [1, 5, 10, 30, 90, 365] as const;
const GROUPS = [
  { value: 'rule', label: 'By rule' },
  { value: 'instrument', label: 'By symbol' },
  { value: 'hour', label: 'By hour' },
  { value: 'each', label: 'Each alert' },
] as const;

/** How alerts turned out: by rule, symbol and hour, of all or of one rule or symbol. */
export function OutcomesDialog(): ReactElement {
  const open = useUiStore((state) => state.overlay === 'outcomes');
  return (
    <DialogFrame title="How alerts turned out" open={open} onClose={closeOverlay} className="outcomes">
      <Outcomes />
    </DialogFrame>
  );
}

function Outcomes(): ReactElement {
  const { rule, instrument, days, changes } = useOutcomeDesk();
  const generation = useFeedStore((state) => state.generation);
  const question = JSON.stringify([rule, instrument, days, changes, generation]);
  const { report, problem, busy, slow } = useAnswer(question, () =>
    invoke('outcomes.load', { rule, instrument, days }),
  );
  return (
    <div className="outcomes-body" aria-busy={busy}>
      <Filters />
      {problem === undefined ? null : (
        <p className="settings-problem" role="alert">
          {problem}
        </p>
      )}
      {slow ? <WaitLine>Adding up what became of the alerts …</WaitLine> : null}
      {report === undefined ? null : <Report report={report} />}
    </div>
  );
}

function Filters(): ReactElement {
  const rules = useRuleStore((state) => state.rules);
  const instruments = useSettingsStore((state) => state.instruments);
  const { rule, instrument, days } = useOutcomeDesk();
  return (
    <div className="outcomes-filters">
      <select
        className="select"
        aria-label="Rule"
        value={rule ?? ''}
        onChange={({ target }) => useOutcomeDesk.setState({ rule: target.value === '' ? null : target.value })}
      >
        <option value="">All rules</option>
        {rules.map(({ rule: { id, name } }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label="Symbol"
        value={instrument ?? ''}
        onChange={({ target }) =>
          // One of the options, which are the engine's own instruments.
          useOutcomeDesk.setState({ instrument: target.value === '' ? null : (target.value as InstrumentKey) })
        }
      >
        <option value="">All symbols</option>
        {instruments.map(({ key }) => (
          <option key={key} value={key}>
            {symbolOf(key)}
          </option>
        ))}
      </select>
      <label>
        in the last{' '}
        <select
          className="select"
          value={days}
          onChange={({ target }) => useOutcomeDesk.setState({ days: Number(target.value) })}
        >
          {DAYS.map((count) => (
            <option key={count} value={count}>
              {count === 1 ? 'day' : `${count} days`}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Report({ report }: { readonly report: OutcomeReport }): ReactElement {
  const [grouping, setGrouping] = useState<Grouping | 'each'>('rule');
  const book = useRuleStore();
  const { alerts, all } = report;
  if (alerts.length === 0)
    return (
      <div className="empty">
        <h3>No alert in these days</h3>
        <p>
          Alerts are graded 5, 15 and 60 minutes after they came, and at the close. Look further back, at more rules or
          symbols, or wait for the first one.
        </p>
      </div>
    );
  return (
    <>
      <p className="noise-first">
        {formatCount(alerts.length)} alert{alerts.length === 1 ? '' : 's'}. {headline(all, 'all')}
      </p>
      <ScoreTable board={all} />
      <Segments label="Shown" value={grouping} options={GROUPS} onChange={setGrouping} />
      {grouping === 'each' ? (
        <GradedList alerts={alerts} />
      ) : (
        <GroupTable
          rows={groupRows(report, grouping, book)}
          name={GROUPS.find(({ value }) => value === grouping)?.label ?? ''}
        />
      )}
    </>
  );
}
