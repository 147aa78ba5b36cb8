import { Copy, History, Pencil, RotateCcw, Target, Trash2 } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { RuleState } from '../../../../contract/rules.ts';
import { attempt } from '../../live/engine.ts';
import { notify } from '../../stores/notice-store.ts';
import { openOutcomes } from '../../stores/outcome-desk.ts';
import { openRule } from '../../stores/rule-desk.ts';
import { replaceRules } from '../../stores/rule-store.ts';
import { duplicateOf } from './new-rule.ts';

/** What a rule says, and what can be done with it. Taking it away asks once more: there is no way back. */
export function RuleActs({ state: { rule, isShipped } }: { readonly state: RuleState }): ReactElement {
  const [sure, setSure] = useState(false);
  const remove = async (): Promise<void> => {
    const book = await attempt('rules.remove', { id: rule.id });
    if (book === undefined) return;
    setSure(false);
    replaceRules(book);
    notify('info', isShipped ? `${rule.name} is as it was delivered.` : `${rule.name} was deleted.`);
  };
  const Icon = isShipped ? RotateCcw : Trash2;
  const deed = isShipped ? 'Restore' : 'Delete';
  return (
    <>
      <ul className="rule-sides">
        {(['buy', 'sell'] as const).map((side) =>
          rule[side] === null ? null : (
            <li key={side}>
              <span className="badge" data-side={side}>
                {side.toUpperCase()}
              </span>
              {rule[side]}
            </li>
          ),
        )}
      </ul>
      <fieldset className="rule-acts" aria-label={`What can be done with ${rule.name}`}>
        <button type="button" onClick={() => openRule(rule)}>
          <Pencil aria-hidden />
          Edit
        </button>
        <button type="button" onClick={() => openRule(duplicateOf(rule), { isNew: true })}>
          <Copy aria-hidden />
          Duplicate
        </button>
        <button type="button" onClick={() => openRule(rule, { page: 'past' })}>
          <History aria-hidden />
          Past alerts
        </button>
        <button type="button" onClick={() => openOutcomes({ rule: rule.id })}>
          <Target aria-hidden />
          Outcomes
        </button>
        <button
          type="button"
          data-sure={sure || undefined}
          title={isShipped ? 'As it was delivered' : undefined}
          onClick={() => (sure ? void remove() : setSure(true))}
          onBlur={() => setSure(false)}
        >
          <Icon aria-hidden />
          {sure ? `${deed}: press again` : deed}
        </button>
      </fieldset>
    </>
  );
}
