import type { Rule } from '../../../../core/rule.ts';
import { invoke } from '../../live/engine.ts';
import { markPreviewed, wasPreviewed } from '../../stores/preview-store.ts';
import { clearDesk, openRule, useRuleDesk } from '../../stores/rule-desk.ts';
import { DEFAULT_RULE, replaceRules, useRuleStore } from '../../stores/rule-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { closeOverlay } from '../../stores/ui-store.ts';
import { freeId } from './new-rule.ts';
import { draftProblem, tidyRule } from './tidy-rule.ts';

/** Sends a rule to the engine. Throws its sentence when it refuses. */
export async function sendRule(rule: Rule): Promise<void> {
  if (rule.id === DEFAULT_RULE) {
    // Its numbers live in the settings; what a person switches in the rule is kept there too.
    const { enabled, forming } = rule;
    useSettingsStore.setState({ settings: await invoke('settings.update', { rule: { enabled, forming } }) });
  }
  replaceRules(await invoke('rules.save', rule));
  // Whoever runs it knows how much it says.
  if (rule.enabled) markPreviewed(rule);
}

/** Saves the rule on the desk and closes it; a refusal stays beside it. */
export async function saveDraft(): Promise<void> {
  const { draft, isNew, saving } = useRuleDesk.getState();
  if (draft === undefined || saving) return;
  const problem = draftProblem(draft);
  if (problem !== undefined) {
    useRuleDesk.setState({ problem, page: 'rule' });
    return;
  }
  const tidy = tidyRule(draft);
  const taken = useRuleStore.getState().rules.map(({ rule }) => rule.id);
  useRuleDesk.setState({ saving: true, problem: undefined });
  try {
    await sendRule(isNew ? { ...tidy, id: freeId(tidy.name, taken) } : tidy);
    clearDesk();
    closeOverlay();
  } catch (error) {
    const refusal = error instanceof Error ? error.message : 'The rule was not saved. Try again.';
    useRuleDesk.setState({ saving: false, problem: refusal });
  }
}

/**
 * Switches a rule on or off. Before it is on for the first time, or with other words than before, it is shown how
 * much it would say.
 */
export async function switchRule(rule: Rule, enabled: boolean): Promise<void> {
  if (enabled && !wasPreviewed(rule)) {
    openRule(rule, { page: 'noise', changes: { enabled } });
    return;
  }
  // What ran until now need not be previewed when it is switched on again.
  if (!enabled) markPreviewed(rule);
  await sendRule({ ...rule, enabled });
}
