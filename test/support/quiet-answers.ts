import type { OutcomeReport } from '../../src/contract/backtest.ts';
import type { CommandHandlers } from '../../src/contract/commands.ts';
import type { HitRate, Scoreboard } from '../../src/core/outcome.ts';

const NO_RATE: HitRate = {
  count: 0,
  hits: 0,
  rate: undefined,
  low: undefined,
  high: undefined,
  random: undefined,
  mean: undefined,
};

export const NO_BOARD: Scoreboard = {
  count: 0,
  after5: NO_RATE,
  after15: NO_RATE,
  after60: NO_RATE,
  atClose: NO_RATE,
  best: undefined,
  worst: undefined,
};

const NO_OUTCOMES: OutcomeReport = { alerts: [], all: NO_BOARD, byRule: [], byInstrument: [], byHour: [] };

/** Answers of an engine that has no rules and never fired. */
export function quietAnswers() {
  const noRules = async () => ({ rules: [], sectors: [] });
  return {
    'rules.load': noRules,
    'rules.save': noRules,
    'rules.remove': noRules,
    'rules.check': async ({ text }) => ({ problem: null, canonical: text, warnings: [], needs: [] }),
    'rules.import': async () => ({ added: [], replaced: [], problems: [] }),
    'rules.export': async () => '[]',
    'rules.backtest': async () => ({
      from: null,
      to: null,
      sessions: 0,
      instruments: 0,
      bars: 0,
      signals: [],
      all: NO_BOARD,
      buy: NO_BOARD,
      sell: NO_BOARD,
      gaps: [],
      elapsedMs: 0,
    }),
    'rules.noise': async () => ({
      sessions: 0,
      perDay: 0,
      busiest: null,
      quietDays: 0,
      repeats: 0,
      clusters: 0,
      inClusters: 0,
      cooldowns: [],
      days: [],
      gaps: [],
      elapsedMs: 0,
    }),
    'rules.fetchPast': async () => ({ asked: 0, failed: 0 }),
    'rules.nearest': async () => [],
    'alerts.passport': async () => null,
    'alerts.prove': async ({ id }) => ({ alert: id, kind: 'cannot', reason: 'This engine keeps nothing.' }),
    'alerts.export': async () => ({ path: 'exports/alert.json', bytes: 2_048 }),
    'alerts.mute': async () => null,
    'outcomes.load': async () => NO_OUTCOMES,
    'channels.load': async () => [],
    'channels.save': async () => [],
    'channels.test': async () => null,
    'orders.load': async () => ({
      enabled: true,
      positions: [],
      orders: [],
      realisedToday: 0,
      unrealised: 0,
      ordersToday: 0,
      mostOrdersToday: 100,
    }),
    'orders.exit': async () => null,
    'orders.cancel': async () => null,
    'orders.journal': async () => [],
  } satisfies Partial<CommandHandlers>;
}
