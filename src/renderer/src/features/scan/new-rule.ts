import { type Rule, USUAL_CHANNELS } from '../../../../core/rule.ts';
import type { Timeframe } from '../../../../core/timeframe.ts';

/** The id of a rule that has not been saved; it gets its own from its name. */
export const UNSAVED_ID = 'new-rule';
const LONGEST_ID = 64;

/** An empty rule, on the bars that are on the chart. */
export function newRule(timeframe: Timeframe): Rule {
  return {
    id: UNSAVED_ID,
    name: '',
    note: '',
    enabled: false,
    timeframe,
    buy: '',
    sell: null,
    universe: { kind: 'all' },
    arithmetic: 'trading-view',
    forming: false,
    rearm: { kind: 'bars', bars: 1 },
    cooldownMinutes: 0,
    onlyNew: false,
    activeHours: null,
    expiresOn: null,
    channels: USUAL_CHANNELS,
    paper: null,
  };
}

/** The same rule under another name, switched off. */
export function duplicateOf(rule: Rule): Rule {
  return { ...rule, id: UNSAVED_ID, name: `${rule.name} (copy)`, enabled: false };
}

/** An id made of a name, which none of `taken` has: `rsi-dip`, `rsi-dip-2`. */
export function freeId(name: string, taken: readonly string[]): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_ID - 5)
    .replace(/^-+|-+$/g, '');
  const base = words === '' ? 'rule' : words;
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(id)) return id;
  }
}
