import type { ReactElement } from 'react';
import type { EpochMs } from '../../../../core/brand.ts';
import type { Signal } from '../../../../core/signal.ts';
import { attempt } from '../../live/engine.ts';
import type { Muted } from '../../stores/mute-store.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { MUTE_SPANS, mutedWords } from './mute-words.ts';

interface MuteChoiceProps {
  readonly signal: Signal;
  /** Something was chosen. */
  readonly onDone: () => void;
}

/** Keeps a rule, a symbol or both quiet for a while. What is muted is listed, and not told. */
export function MuteChoice({ signal: { instrument, rule }, onDone }: MuteChoiceProps): ReactElement {
  const book = useRuleStore();
  const nameOf = (id: string): string => ruleName(book, id);
  const targets: readonly Muted[] = [
    { rule, instrument: null },
    { rule: null, instrument },
    { rule, instrument },
  ];
  const mute = async (muted: Muted, minutes: number): Promise<void> => {
    if ((await attempt('alerts.mute', { ...muted, minutes })) !== undefined) onDone();
  };
  return (
    <fieldset className="mute-choice" aria-label="Mute">
      {targets.map((muted) => {
        const words = mutedWords(muted, nameOf);
        return (
          <div key={words}>
            <span>{words}</span>
            {MUTE_SPANS.map(({ name, minutes }) => (
              <button
                key={name}
                type="button"
                aria-label={`Mute ${words}: ${name}`}
                // A mute goes by the clock on the wall, as quiet hours do.
                onClick={() => void mute(muted, minutes(Date.now() as EpochMs))}
              >
                {name}
              </button>
            ))}
          </div>
        );
      })}
    </fieldset>
  );
}
