import { Trash2 } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useState } from 'react';
import type { Schedule } from '../../../../contract/settings.ts';
import { USUAL_SCHEDULE } from '../../../../contract/usual-schedule.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segments } from '../../ui/segments.tsx';
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
              from={from}
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

interface TimeInputProps {
  readonly from: string;
  readonly onSave: (text: string) => void;
}

/** A time of day, saved when the field is left or Enter is pressed. */
function TimeInput({ from, onSave }: TimeInputProps): ReactElement {
  const [text, setText] = useState(from);
  useEffect(() => setText(from), [from]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') event.currentTarget.blur();
    if (event.key !== 'Escape' || text === from) return;
    event.stopPropagation();
    setText(from);
  };
  return (
    <input
      className="text-input"
      aria-label={`From ${from}`}
      inputMode="numeric"
      autoComplete="off"
      maxLength={5}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => {
        if (text !== from) onSave(text);
        setText(from);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
