import type { ReactElement } from 'react';
import type { Mute } from '../../../../contract/events.ts';
import { attempt } from '../../live/engine.ts';
import { useTicking } from '../../live/use-ticking.ts';
import { useMuteStore } from '../../stores/mute-store.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { muteLine } from './mute-words.ts';

const LOOK_MS = 20_000;

/** What is muted, each with the way back. */
export function MuteLines(): ReactElement | null {
  const mutes = useMuteStore((state) => state.mutes);
  const book = useRuleStore();
  useTicking(mutes.length === 0 ? undefined : LOOK_MS);
  const now = Date.now();
  const lasting = mutes.filter(({ until }) => until > now);
  if (lasting.length === 0) return null;
  const undo = ({ rule, instrument }: Mute): void => {
    void attempt('alerts.mute', { rule, instrument, minutes: 0 });
  };
  return (
    <ul className="mute-lines" aria-label="Muted">
      {lasting.map((mute) => {
        const line = muteLine(mute, now, (id) => ruleName(book, id));
        return (
          <li key={`${mute.rule} ${mute.instrument}`}>
            <span>{line}</span>
            <button type="button" className="link-button" aria-label={`Undo: ${line}`} onClick={() => undo(mute)}>
              Undo
            </button>
          </li>
        );
      })}
    </ul>
  );
}
