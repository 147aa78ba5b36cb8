import { join } from 'node:path';
import type { CommandHandlers } from '../../src/contract/commands.ts';
import type { Snapshot } from '../../src/contract/events.ts';
import type { RuleBookState } from '../../src/contract/rules.ts';
import type { AppError } from '../../src/core/errors.ts';
import { parseScan } from '../../src/core/scanner/parse.ts';
import { FAKE_BOOK, ruleState } from '../renderer/fake-rules.ts';
import { FAKE_NEAR, FAKE_NOISE, FAKE_OUTCOMES, fakeBacktest, fakeEvidence } from '../renderer/fake-scan-answers.ts';
import { PROJECT } from '../support/start-app.ts';
import { type FakeScreen, openFakeScreen } from './fake-screen.ts';

interface ScanScreenOptions {
  readonly snapshot?: Partial<Snapshot>;
  readonly handlers?: Partial<CommandHandlers>;
  /** Why a rule is not saved; undefined where it is. */
  refuse?(): AppError | undefined;
}

/** The built page over an engine that has rules, and keeps what is saved. */
export function openScanScreen({ snapshot, handlers, refuse }: ScanScreenOptions = {}): Promise<FakeScreen> {
  let book: RuleBookState = FAKE_BOOK;
  return openFakeScreen({
    pageDir: join(PROJECT, 'out', 'renderer'),
    snapshot: { rules: book, ...snapshot },
    handlers: {
      'rules.load': async () => book,
      'rules.save': async (rule) => {
        const refusal = refuse?.();
        if (refusal !== undefined) throw refusal;
        const others = book.rules.filter((one) => one.rule.id !== rule.id);
        const before = book.rules.find((one) => one.rule.id === rule.id);
        const state = ruleState(rule, { isShipped: before?.isShipped ?? false });
        book = {
          ...book,
          rules: before === undefined ? [...others, state] : book.rules.map((one) => (one === before ? state : one)),
        };
        return book;
      },
      'rules.remove': async ({ id }) => {
        book = { ...book, rules: book.rules.filter(({ rule, isShipped }) => rule.id !== id || isShipped) };
        return book;
      },
      'rules.check': async ({ text }) => {
        const parsed = parseScan(text);
        if (!parsed.ok) return { problem: parsed.problem, canonical: null, warnings: [], needs: [] };
        const volume = text.indexOf('volume');
        const warning = {
          kind: 'volume',
          start: volume,
          end: volume + 6,
          message: 'NIFTY 50 is an index and has no volume: it is unknown there, and never fires.',
          suggestion: null,
        } as const;
        return {
          problem: null,
          canonical: text,
          warnings: volume < 0 ? [] : [warning],
          needs: [{ timeframe: '5m', bars: 200 }],
        };
      },
      'rules.noise': async () => FAKE_NOISE,
      'rules.backtest': async () => fakeBacktest(400),
      'rules.nearest': async ({ limit }) => FAKE_NEAR.slice(0, limit),
      'alerts.passport': async ({ id }) => fakeEvidence(id),
      'alerts.prove': async ({ id }) => ({ alert: id, kind: 'reproduced', bars: 246 }),
      'outcomes.load': async () => FAKE_OUTCOMES,
      ...handlers,
    },
  });
}
