import { type ReactElement, useEffect, useRef } from 'react';
import type { FeedState } from '../../../../contract/events.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { attempt } from '../../live/engine.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { holdSentence, MODE_NAMES } from './mode-words.ts';

const STAYS_MS = 8_000;

interface ModeNoteProps {
  readonly feed: FeedState;
  readonly now: EpochMs;
  readonly onClose: () => void;
}

/** What a click in Auto has done, and the second step that leaves Auto for good. Goes by itself, unless it is in use. */
export function ModeNote({ feed, now, onClose }: ModeNoteProps): ReactElement {
  const update = useSettingsStore((state) => state.update);
  const note = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    const timer = setInterval(() => {
      if (note.current?.matches(':hover, :focus-within') !== true) close.current();
    }, STAYS_MS);
    const onPointerDown = ({ target }: PointerEvent): void => {
      const inside = target instanceof Node && note.current?.parentElement?.contains(target) === true;
      if (!inside) close.current();
    };
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape') return;
      if (note.current?.contains(document.activeElement) === true) focusSwitch(note.current);
      close.current();
    };
    addEventListener('pointerdown', onPointerDown);
    addEventListener('keydown', onKeyDown);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', onPointerDown);
      removeEventListener('keydown', onKeyDown);
    };
  }, []);

  const leave = async (work: Promise<unknown>): Promise<void> => {
    // The button that had the focus goes with the note.
    focusSwitch(note.current);
    onClose();
    await work;
  };
  return (
    <div ref={note} className="mode-note popover">
      <p role="status">{holdSentence(feed, now)}</p>
      <p className="mode-note-actions">
        {feed.isHeld ? (
          <button type="button" className="button" onClick={() => void leave(attempt('mode.hold', { mode: null }))}>
            Back to the schedule
          </button>
        ) : null}
        <button type="button" className="button" onClick={() => void leave(update({ feed: { mode: feed.mode } }))}>
          Always {MODE_NAMES[feed.mode].toLowerCase()}
        </button>
      </p>
    </div>
  );
}

function focusSwitch(note: HTMLElement | null): void {
  note?.parentElement?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus();
}
