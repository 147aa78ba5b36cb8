import { Switch } from '@base-ui/react/switch';
import { Ellipsis } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { RuleState } from '../../../../contract/rules.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { notify } from '../../stores/notice-store.ts';
import { openRule } from '../../stores/rule-desk.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { RuleActs } from './rule-acts.tsx';
import { ruleFacts, unknownWords } from './rule-words.ts';
import { switchRule } from './save-rule.ts';

interface RuleRowProps {
  readonly state: RuleState;
  /** Alerts it raised today, where that is known. */
  readonly today: number | undefined;
}

/** One rule of the list: what it is, whether it looks, and what can be done with it. */
export function RuleRow({ state, today }: RuleRowProps): ReactElement {
  const { rule, resting } = state;
  const [isOpen, setOpen] = useState(false);
  const toggle = async (enabled: boolean): Promise<void> => {
    try {
      await switchRule(rule, enabled);
    } catch (error) {
      notify('error', error instanceof Error ? error.message : 'The rule was not switched. Try again.');
    }
  };
  const unknown = rule.enabled ? unknownWords(state) : undefined;
  return (
    <li className="rule-row" data-off={!rule.enabled || undefined}>
      <div className="rule-line">
        <button type="button" className="rule-name" title="Edit" onClick={() => openRule(rule)}>
          {rule.name}
        </button>
        <IconButton label={`More for ${rule.name}`} small aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <Ellipsis />
        </IconButton>
        <Switch.Root
          className="switch"
          aria-label={`${rule.name} on`}
          checked={rule.enabled}
          onCheckedChange={(enabled) => void toggle(enabled)}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      {isOpen ? <RuleActs state={state} /> : null}
      {rule.note === '' ? null : (
        <p className="rule-note" data-open={isOpen || undefined} title={rule.note}>
          {rule.note}
        </p>
      )}
      <p className="rule-facts">{ruleFacts(rule, today)}</p>
      {rule.enabled && resting !== null ? <p className="rule-resting">{resting}</p> : null}
      {unknown === undefined ? null : <Unknown state={state} words={unknown} />}
    </li>
  );
}

function Unknown({ state, words }: { readonly state: RuleState; readonly words: string }): ReactElement {
  const [open, setOpen] = useState(false);
  if (state.cannot.length === 0) return <p className="rule-facts">{words}</p>;
  return (
    <>
      <button type="button" className="link-button rule-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words}
      </button>
      {open ? (
        <ul className="rule-cannot">
          {state.cannot.map(({ instrument, reason }) => (
            <li key={instrument}>
              <b>{symbolOf(instrument)}</b> {reason}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
