import { ChevronLeft, ChevronRight, ChevronsRight } from 'lucide-react';
import { type ReactElement, useRef } from 'react';
import type { TradingDate } from '../../../../core/brand.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { dateWords } from './ledger-words.ts';

interface DateStepperProps {
  readonly date: TradingDate | undefined;
  readonly newest: TradingDate | undefined;
  /** Null is the newest session. */
  readonly onShow: (date: TradingDate | null) => void;
  readonly onStep: (sessions: 1 | -1) => void;
}

/** One session back, one forward, any day by the calendar, and back to the newest. */
export function DateStepper({ date, newest, onShow, onStep }: DateStepperProps): ReactElement {
  const picker = useRef<HTMLInputElement>(null);
  const atEnd = date === undefined || date === newest;
  return (
    <div className="date-stepper">
      <IconButton label="Previous session" small disabled={date === undefined} onClick={() => onStep(-1)}>
        <ChevronLeft />
      </IconButton>
      <button type="button" disabled={date === undefined} onClick={() => picker.current?.showPicker()}>
        {date === undefined ? '–' : dateWords(date)}
      </button>
      <input
        ref={picker}
        type="date"
        className="quiet"
        tabIndex={-1}
        aria-label="Day of the ledger"
        value={date ?? ''}
        max={newest}
        onChange={({ target }) => {
          // What a date input gives is a date, or nothing.
          if (target.value !== '') onShow(target.value as TradingDate);
        }}
      />
      <IconButton label="Next session" small disabled={atEnd} onClick={() => onStep(1)}>
        <ChevronRight />
      </IconButton>
      <IconButton label="Newest session" small disabled={atEnd} onClick={() => onShow(null)}>
        <ChevronsRight />
      </IconButton>
    </div>
  );
}
