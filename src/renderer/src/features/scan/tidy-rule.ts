import type { Rule } from '../../../../core/rule.ts';

/** Why a rule being written cannot be sent yet, as a sentence. All else the engine says. */
export function draftProblem({ name, buy, sell, universe, rearm }: Rule): string | undefined {
  if (name.trim() === '') return 'Give the rule a name.';
  if (buy === null && sell === null) return 'Choose a side: a rule needs a sentence for buying, for selling, or both.';
  if (buy?.trim() === '') return 'Write the sentence that buys, or choose Sell only.';
  if (sell?.trim() === '') return 'Write the sentence that sells, or choose Buy only.';
  if (universe.kind === 'list' && universe.instruments.length === 0) return 'Pick at least one symbol to look at.';
  if (universe.kind === 'sector' && universe.sectors.length === 0) return 'Pick at least one sector to look at.';
  if (rearm.kind === 'condition' && (rearm.buy?.trim() ?? '') === '' && (rearm.sell?.trim() ?? '') === '')
    return 'Write the condition that arms the rule again, or let it be armed after some bars.';
  return undefined;
}

/** As it is sent: without spaces around its texts, and null where nothing was written. */
export function tidyRule(rule: Rule): Rule {
  const { rearm, buy, sell } = rule;
  return {
    ...rule,
    name: rule.name.trim(),
    note: rule.note.trim(),
    buy: tidy(buy),
    sell: tidy(sell),
    rearm:
      rearm.kind === 'bars'
        ? rearm
        : {
            kind: 'condition',
            buy: buy === null ? null : tidy(rearm.buy),
            sell: sell === null ? null : tidy(rearm.sell),
          },
  };
}

function tidy(text: string | null): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
