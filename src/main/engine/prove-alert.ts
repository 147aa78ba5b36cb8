import type { Calendar } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import type { Passport, Proof } from '../../core/passport.ts';
import { type CompiledRule, compileRule, looksAt } from '../../core/scanner/compile-rule.ts';
import type { Judgement, OperandReading } from '../../core/scanner/finding.ts';
import { ScanLane } from '../../core/scanner/scan-lane.ts';
import { passportOperand } from './passport-maker.ts';
import { type PastBars, type ProofGround, pastBars } from './past-bars.ts';
import { differencesOf, placeOf, type Recomputed, startsOf } from './proof-differences.ts';
import { ruleOf } from './rule-version.ts';

/**
 * Computes an alert again from stored bars, in the shares of its own date: what was split since was not split then.
 * The passport must be one that can be trusted (`trustedPassport`). Throws an AppError when the disk cannot be read.
 */
export function proveAlert(passport: Passport, ground: ProofGround): Proof {
  const { alert } = passport;
  const cannot = (reason: string): Proof => ({ alert, kind: 'cannot', reason });
  const rule = compiled(passport);
  if (typeof rule === 'string') return cannot(rule);
  const past = pastBars(passport, ground);
  if (past.own.length === 0) return cannot('None of the bars it was judged by is stored any more.');
  const now = recompute(rule, passport, past);
  const gone = goneSince(passport, now, ground.calendar);
  if (gone !== undefined) return cannot(gone);
  const differences = differencesOf(passport, now, ground.calendar);
  if (differences.length > 0) return { alert, kind: 'differs', differences };
  return { alert, kind: 'reproduced', bars: past.own.length };
}

/** A sentence when the beginning of its bars is not stored any more: what was computed on fewer is no proof. */
function goneSince(passport: Passport, now: Recomputed, calendar: Calendar): string | undefined {
  for (const { timeframe, firstBar } of startsOf(passport)) {
    const oldest = now.starts.find((start) => start.timeframe === timeframe)?.firstBar;
    if (oldest !== undefined && oldest <= firstBar) continue;
    const began = placeOf(firstBar, timeframe, calendar);
    const rest = oldest === undefined ? 'none' : `only those from ${placeOf(oldest, timeframe, calendar)} on`;
    return `It was judged by bars of ${timeframe} from ${began} on, and ${rest} are still stored.`;
  }
  return undefined;
}

/** The rule as it stood, or a sentence about why it cannot be had. */
function compiled({ version, rule: told }: Passport): CompiledRule | string {
  const rule = version === 1 ? ruleOf(told) : undefined;
  if (rule === undefined) return 'Its passport was written by another version of Tickscope. Prove it with that one.';
  try {
    return compileRule(rule);
  } catch (thrown) {
    return AppError.from(thrown).message;
  }
}

/** Runs the rule over the bars as it ran then. */
function recompute(rule: CompiledRule, { timeframe, side, barTime }: Passport, past: PastBars): Recomputed {
  const { own, context } = past;
  const lane = new ScanLane([rule], timeframe, context);
  const findings = own.map((bar) => lane.close(bar)).at(-1) ?? [];
  const isThere = lane.lastOpenTime === barTime;
  const found = isThere ? findings.find((finding) => finding.side === side) : undefined;
  const judgement = isThere ? lane.judgements().find((each) => each.side === side) : undefined;
  const longer = lane.newestLonger();
  const ownStart = own.slice(0, 1).map((first) => ({ timeframe, firstBar: first.openTime, barCount: own.length }));
  return {
    verdict: looksAt(rule.rule, context.instrument)
      ? (found?.side ?? verdictOf(judgement))
      : 'outside the universe of the rule',
    price: isThere ? own.at(-1)?.close : undefined,
    operands: (found?.operands ?? operandsOf(judgement)).map(passportOperand),
    starts: [...ownStart, ...lane.longerStarts()],
    barOf: (bar) =>
      bar.timeframe === timeframe
        ? own.find(({ openTime }) => openTime === bar.openTime)
        : longer.find((each) => each.timeframe === bar.timeframe),
  };
}

function operandsOf(judgement: Judgement | undefined): readonly OperandReading[] {
  const operands = judgement?.clauses.flatMap((clause) => clause.operands) ?? [];
  return [...new Map(operands.map((operand) => [operand.text, operand])).values()];
}

/** Why it does not fire. */
function verdictOf(judgement: Judgement | undefined): string {
  if (judgement?.truth === true) return 'true, but not told then';
  return judgement?.truth === false ? 'false' : 'unknown';
}
