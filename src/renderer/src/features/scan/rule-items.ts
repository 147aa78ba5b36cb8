import { symbolOf } from '../../../../core/instrument.ts';
import { showTab } from '../../stores/attention.ts';
import { openOutcomes } from '../../stores/outcome-desk.ts';
import { openRule } from '../../stores/rule-desk.ts';
import { useRuleStore } from '../../stores/rule-store.ts';
import { useSelection } from '../../stores/selection.ts';
import { openOverlay } from '../../stores/ui-store.ts';
import { command } from '../palette/command.ts';
import type { PaletteItem } from '../palette/search-items.ts';
import { newRule } from './new-rule.ts';

/** What the palette finds of rules and of what became of their alerts. */
export function ruleItems(): readonly PaletteItem[] {
  const { instrument, timeframe } = useSelection.getState();
  return [
    command('Scan: rules and near misses', 'Rules', () => showTab('scan')),
    command('New rule', 'Rules', () => openRule(newRule(timeframe), { isNew: true })),
    ...useRuleStore
      .getState()
      .rules.flatMap(({ rule }) => [
        command(`Edit rule: ${rule.name}`, 'Rules', () => openRule(rule)),
        command(`What would ${rule.name} have alerted?`, 'Rules', () => openRule(rule, { page: 'past' })),
      ]),
    command('Import and export rules', 'Rules', () => openOverlay('rule-file')),
    command('How alerts turned out', 'Outcomes', () => openOutcomes()),
    ...(instrument === undefined
      ? []
      : [command(`Which rules hit ${symbolOf(instrument)}?`, 'Outcomes', () => openOutcomes({ instrument }))]),
  ];
}
