import { Trash2 } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { Schedule } from '../../../../contract/settings.ts';
import { USUAL_SCHEDULE } from '../../../../contract/usual-schedule.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segments } from '../../ui/segments.tsx';
import { TimeInput } from '../../ui/time-input.tsx';
import { isUsual, withRow, withTime } from './schedule-rows.ts';
import './schedule-form.css';

interface ScheduleFormProps {
  readonly schedule: Schedule;
  readonly save: (schedule: Schedule) => Promise<boolean>;
}

const MOST_ROWS = 24;
const MODES = [
  { value: 'streaming', label: 'Streaming' },
  { value: 'polling', label: 'Polling' },
] as const;

/** From when on which mode runs while Auto is chosen. */
export function ScheduleForm({ schedule, save }: ScheduleFormProps): ReactElement {
  const [problem, setProblem] = useState<string>();
  const send = (next: Schedule): void => {
    setProblem(undefined);
    void save(next);
  };
  return (
    <div className="schedule-form">
      <ol aria-label="Schedule">
        {schedule.map(({ from, mode }, at) => (
          <li key={from}>
            <TimeInput
              label={`From ${from}`}
              value={from}
              onSave={(text) => {
                const next = withTime(schedule, at, text);
                if ('problem' in next) setProblem(next.problem);
                else send(next.rows);
              }}
            />
            <Segments
              label={`Mode from ${from}`}
              value={mode}
              options={MODES}
              onChange={(chosen) => send(schedule.map((row, index) => (index === at ? { from, mode: chosen } : row)))}
            />
            <IconButton
              label={`Remove the row of ${from}`}
              small
              disabled={schedule.length === 1}
              onClick={() => send(schedule.toSpliced(at, 1))}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      {problem === undefined ? null : (
        <p role="alert" className="schedule-problem">
          {problem}
        </p>
      )}
      <p className="schedule-hint">Indian time. The last row holds until the first of the next day.</p>
      <p className="schedule-tools">
        <button
          type="button"
          className="button"
          disabled={schedule.length >= MOST_ROWS}
          onClick={() => send(withRow(schedule))}
        >
          Add a row
        </button>
        <button
          type="button"
          className="button"
          disabled={isUsual(schedule)}
          onClick={() => send(USUAL_SCHEDULE.map((row) => ({ ...row })))}
        >
          Back to the usual
        </button>
      </p>
    </div>
  );
}
