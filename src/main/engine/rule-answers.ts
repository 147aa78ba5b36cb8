import type { CommandHandlers } from '../../contract/commands.ts';
import type { RuleBookState } from '../../contract/rules.ts';
import type { Settings, SettingsPatch } from '../../contract/settings.ts';
import type { Rule } from '../../core/rule.ts';
import { looksAt } from '../../core/scanner/compile-rule.ts';
import { EMA_CROSS } from '../../core/scanner/ema-cross.ts';
import type { OpenedWorld } from './opened-world.ts';
import type { BacktestRequest } from './ports.ts';
import type { RuleBook } from './rule-book.ts';

/** What the answers need of the engine. */
export interface RuleAnswering {
  readonly book: RuleBook;
  /** Throws an AppError while one world gives way to another. */
  readonly opened: OpenedWorld;
  readonly stopped: AbortSignal;
  updateSettings(patch: SettingsPatch): Promise<Settings>;
  /** The book changed: the world follows, and every screen hears of it. */
  followRules(): Promise<RuleBookState>;
}

type RuleHandlers = Pick<CommandHandlers, Extract<keyof CommandHandlers, `rules.${string}`>>;

/** The engine's answers about rules, one line a command. */
export function ruleAnswers(engine: RuleAnswering): RuleHandlers {
  const request = (rule: Rule, sessions: number): BacktestRequest => {
    const { world } = engine.opened;
    world.flush();
    const { instruments, time } = world.market();
    return { rule, sessions, instruments: instruments.filter((each) => looksAt(rule, each)), now: time };
  };
  return {
    'rules.load': async () => engine.opened.world.rules.states((id) => engine.book.isShipped(id)),
    'rules.save': async (rule) => {
      engine.book.save(rule);
      // The switches of the default rule are the settings'.
      if (rule.id === EMA_CROSS)
        await engine.updateSettings({ rule: { enabled: rule.enabled, forming: rule.forming } });
      return engine.followRules();
    },
    'rules.remove': ({ id }) => {
      engine.book.remove(id);
      return engine.followRules();
    },
    'rules.check': async ({ text, ...on }) => engine.opened.world.rules.check(text, on),
    'rules.import': async ({ text }) => {
      const report = engine.book.importRules(text);
      await engine.followRules();
      return report;
    },
    'rules.export': async ({ ids }) => engine.book.exportRules(ids),
    'rules.backtest': ({ rule, sessions }) => engine.opened.backtests.run(request(rule, sessions), engine.stopped),
    'rules.noise': ({ rule, sessions }) => engine.opened.backtests.noise(request(rule, sessions), engine.stopped),
    'rules.fetchPast': ({ rule, sessions }) => engine.opened.world.rules.fetchPast(rule, sessions),
    'rules.nearest': async ({ rule, limit }) => engine.opened.world.rules.nearest(rule, limit),
  };
}
