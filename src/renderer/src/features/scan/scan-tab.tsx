import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { formatCount } from '../../format/quantity.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { isDirty, openRule, useRuleDesk } from '../../stores/rule-desk.ts';
import { enabledCount, useRuleStore } from '../../stores/rule-store.ts';
import { useSelection } from '../../stores/selection.ts';
import { openOverlay, useUiStore } from '../../stores/ui-store.ts';
import { NearSection } from './near-section.tsx';
import { newRule } from './new-rule.ts';
import { RuleRow } from './rule-row.tsx';
import { ScanFacts } from './scan-facts.tsx';
import { useFiredToday } from './use-today.ts';
import './scan.css';

/** What is looked for, by which rules, and what came of it last. */
export function ScanTab(): ReactElement {
  const rules = useRuleStore((state) => state.rules);
  const isOpen = useFeedStore((state) => state.generation > 0);
  const today = useFiredToday();
  const on = enabledCount({ rules });
  return (
    <div className="side-page scan-page">
      <header className="scan-head">
        <h3>Rules</h3>
        <small>{rules.length === 0 ? '' : `${formatCount(on)} of ${formatCount(rules.length)} on`}</small>
        <button type="button" className="button" onClick={() => openOverlay('rule-file')}>
          Import, export
        </button>
        <button
          type="button"
          className="button"
          onClick={() => openRule(newRule(useSelection.getState().timeframe), { isNew: true })}
        >
          <Plus aria-hidden />
          New rule
        </button>
      </header>
      <Parked />
      {rules.length === 0 && isOpen ? (
        <p className="side-hint">There is no rule. Make one with New rule, or import a file of rules.</p>
      ) : null}
      <ul className="rule-list" aria-label="Rules">
        {rules.map((state) => (
          <RuleRow key={state.rule.id} state={state} today={today.get(state.rule.id)} />
        ))}
      </ul>
      <h3>Last scan</h3>
      <ScanFacts />
      {on === 0 ? null : <NearSection />}
    </div>
  );
}

/** The rule that was left to look at a chart, with what it would have alerted. */
function Parked(): ReactElement | null {
  const draft = useRuleDesk((state) => state.draft);
  const dirty = useRuleDesk(isDirty);
  const isShown = useUiStore((state) => state.overlay === 'rule');
  if (draft === undefined || isShown) return null;
  return (
    <p className="rule-parked">
      <span>
        {draft.name === '' ? 'A new rule' : draft.name}
        {dirty ? ' has changes that are not saved.' : ' is still open.'}
      </span>
      <button type="button" className="link-button" onClick={() => openOverlay('rule')}>
        Go back to it
      </button>
    </p>
  );
}
