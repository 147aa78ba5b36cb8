import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Rule } from '../../../core/rule.ts';

/** What of a rule decides how often it fires. Cooldown and the like only make it quieter. */
function wording({ buy, sell, timeframe, universe, arithmetic }: Rule): string {
  return JSON.stringify([buy, sell, timeframe, universe, arithmetic]);
}

/** By rule, the wording whose noise a person has seen, or has lived with. */
export const usePreviewStore = create<{ readonly seen: Readonly<Record<string, string>> }>()(
  persist(() => ({ seen: {} }), { name: 'tickscope.previews' }),
);

/** Whether how often this rule would fire was looked at as it stands now. */
export function wasPreviewed(rule: Rule, { seen } = usePreviewStore.getState()): boolean {
  return seen[rule.id] === wording(rule);
}

/** Whether a rule is to be previewed before it is saved over `before`: it is on, and says something new. */
export function mustPreview(rule: Rule, before: Rule | undefined, state = usePreviewStore.getState()): boolean {
  const runsAlready = before?.enabled === true && before.id === rule.id && wording(before) === wording(rule);
  return rule.enabled && !runsAlready && !wasPreviewed(rule, state);
}

export function markPreviewed(rule: Rule): void {
  usePreviewStore.setState(({ seen }) => ({ seen: { ...seen, [rule.id]: wording(rule) } }));
}
