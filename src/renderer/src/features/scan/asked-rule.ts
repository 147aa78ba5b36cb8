import type { Rule } from '../../../../core/rule.ts';
import { draftProblem, tidyRule } from './tidy-rule.ts';

/** A rule as it is asked about: it need not be on, have a name, or say whom it tells. */
export function askedRule(draft: Rule): Rule {
  const name = draft.name.trim() === '' ? 'Unnamed' : draft.name;
  return { ...tidyRule({ ...draft, name }), enabled: true };
}

/** Why a rule cannot be asked about yet, as a sentence. */
export function askProblem(draft: Rule): string | undefined {
  return draftProblem({ ...draft, name: 'any' });
}

/** The same for rules that give the same answer: names, channels and papers do not matter. */
export function questionOf(rule: Rule): string {
  const { buy, sell, timeframe, universe, arithmetic, rearm, cooldownMinutes, onlyNew, activeHours, expiresOn } = rule;
  return JSON.stringify([
    buy,
    sell,
    timeframe,
    universe,
    arithmetic,
    rearm,
    cooldownMinutes,
    onlyNew,
    activeHours,
    expiresOn,
  ]);
}
