import { create } from 'zustand';
import type { RuleBookState, RuleState } from '../../../contract/rules.ts';

/** The rule that follows the numbers in Settings. */
export const DEFAULT_RULE = 'ema-cross';

/** All rules as the engine has them, the default one first. */
export const useRuleStore = create<RuleBookState>()(() => ({ rules: [], sectors: [] }));

export function replaceRules({ rules, sectors }: RuleBookState): void {
  const first = rules.filter(({ rule }) => rule.id === DEFAULT_RULE);
  useRuleStore.setState({ rules: [...first, ...rules.filter((one) => !first.includes(one))], sectors });
}

export function ruleById({ rules }: Pick<RuleBookState, 'rules'>, id: string): RuleState | undefined {
  return rules.find(({ rule }) => rule.id === id);
}

/** What a person calls a rule; its id where it is not there any more. */
export function ruleName(book: Pick<RuleBookState, 'rules'>, id: string): string {
  return ruleById(book, id)?.rule.name ?? (id === DEFAULT_RULE ? 'EMA cross' : id);
}

/** Whether any of the rules that look trades on paper. */
export function tradesOnPaper({ rules }: Pick<RuleBookState, 'rules'>): boolean {
  return rules.some(({ rule }) => rule.enabled && rule.paper?.enabled === true);
}

/** Rules that look, as far as they are switched on. */
export function enabledCount({ rules }: Pick<RuleBookState, 'rules'>): number {
  return rules.filter(({ rule }) => rule.enabled).length;
}
