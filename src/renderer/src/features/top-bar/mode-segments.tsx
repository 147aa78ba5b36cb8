// biome-ignore-all lint/a11y/useSemanticElements: arrow keys move here without choosing, which radio inputs do not allow
import { type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import type { Mode } from '../../../../contract/settings.ts';
import { Tip } from '../../ui/tip.tsx';

export interface ModeSegment {
  readonly mode: Mode;
  readonly label: string;
  /** Follows the label for who listens; it stands beside the switch for the eye. */
  readonly detail: string | undefined;
  readonly hint: string;
  /** It can be reached all the same, because its hint says why. */
  readonly isDisabled: boolean;
  readonly isChosen: boolean;
  /** Prices come this way now although another segment is chosen. */
  readonly runs: 'running' | 'held' | undefined;
}

interface ModeSegmentsProps {
  readonly segments: readonly ModeSegment[];
  readonly onChoose: (mode: Mode) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The modes side by side. One tab stop; arrow keys move, Space or Enter chooses: passing over one must not start it. */
export function ModeSegments({ segments, onChoose }: ModeSegmentsProps): ReactElement {
  const [visited, setVisited] = useState<Mode>();
  const group = useRef<HTMLDivElement>(null);
  const stop = visited ?? segments.find(({ isChosen }) => isChosen)?.mode;

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = segments.findIndex(({ mode }) => mode === stop);
    const next = segments.at((at + step) % segments.length);
    group.current?.querySelector<HTMLElement>(`[data-mode='${next?.mode}']`)?.focus();
  };
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label="Mode"
      className="segments"
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setVisited(undefined);
      }}
    >
      {segments.map(({ mode, label, detail, hint, isDisabled, isChosen, runs }) => (
        <Tip key={mode} text={hint}>
          <button
            type="button"
            role="radio"
            aria-checked={isChosen}
            aria-disabled={isDisabled || undefined}
            aria-description={isDisabled ? hint : undefined}
            data-mode={mode}
            data-checked={isChosen || undefined}
            data-disabled={isDisabled || undefined}
            data-runs={runs}
            tabIndex={mode === stop ? 0 : -1}
            onFocus={() => setVisited(mode)}
            onClick={() => {
              if (!isDisabled) onChoose(mode);
            }}
          >
            {label}
            {detail === undefined ? null : <span className="quiet"> · {detail}</span>}
            {runs === undefined ? null : <span className="quiet"> {runs}</span>}
          </button>
        </Tip>
      ))}
    </div>
  );
}
