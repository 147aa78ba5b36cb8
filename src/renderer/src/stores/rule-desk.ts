import { create } from 'zustand';
import type { BacktestReport } from '../../../contract/backtest.ts';
import type { Rule } from '../../../core/rule.ts';
import { openOverlay } from './ui-store.ts';

export const RULE_PAGES = ['rule', 'noise', 'past'] as const;
/** The rule itself, how much it would say, and what it would have said. */
export type RulePage = (typeof RULE_PAGES)[number];

interface RuleDesk {
  /** The rule being written; undefined while none is. It stays when the window is left to look at a chart. */
  readonly draft: Rule | undefined;
  /** As it was when it was taken up: what differs has not been saved. */
  readonly before: Rule | undefined;
  readonly isNew: boolean;
  readonly page: RulePage;
  /** Why the engine did not take it, as a sentence. */
  readonly problem: string | undefined;
  readonly saving: boolean;
  /** Sessions to look back, and what came of the last look: it is still there after a look at a chart. */
  readonly sessions: number;
  readonly past: { readonly question: string; readonly report: BacktestReport } | undefined;
}

const EMPTY: RuleDesk = {
  draft: undefined,
  before: undefined,
  isNew: false,
  page: 'rule',
  problem: undefined,
  saving: false,
  sessions: 20,
  past: undefined,
};

/** The one rule that is open to be written. */
export const useRuleDesk = create<RuleDesk>()(() => EMPTY);

interface OpenOptions {
  readonly page?: RulePage;
  readonly isNew?: boolean;
  /** Already laid on top, not saved. */
  readonly changes?: Partial<Rule>;
}

export function openRule(rule: Rule, { page = 'rule', isNew = false, changes = {} }: OpenOptions = {}): void {
  useRuleDesk.setState({ ...EMPTY, draft: { ...rule, ...changes }, before: rule, isNew, page });
  openOverlay('rule');
}

export function editDraft(changes: Partial<Rule>): void {
  useRuleDesk.setState(({ draft }) => (draft === undefined ? {} : { draft: { ...draft, ...changes } }));
}

/** Puts the rule away, saved or not. */
export function clearDesk(): void {
  useRuleDesk.setState(EMPTY);
}

export function isDirty({ draft, before }: Pick<RuleDesk, 'draft' | 'before'>): boolean {
  return draft !== before && JSON.stringify(draft) !== JSON.stringify(before);
}
