import { ruleSchema } from '../../contract/rules.ts';
import { caretText } from '../../core/scanner/caret-text.ts';
import { checkScan } from '../../core/scanner/check.ts';
import { NO_FACTS } from '../../core/scanner/check-facts.ts';
import { compileRule, longerProblem, needsOf } from '../../core/scanner/compile-rule.ts';
import { formatScan } from '../../core/scanner/format.ts';
import { parseScan } from '../../core/scanner/parse.ts';
import { SHIPPED_RULES } from '../../core/scanner/shipped-rules.ts';
import { isTimeframe, TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { lineWriter } from './line-writer.ts';

const USAGE = 'rules check "TEXT" [--timeframe TF] [--json] | rules list [--json]';

/** Sentences of the scan language, looked at without a market. */
export const rulesCommand: CliCommand = {
  name: 'rules',
  usage: USAGE,
  help: `Usage: ${USAGE}

check reads one sentence of the scan language and prints it as Tickscope writes it, then what is questionable about it,
then how many bars it needs. A sentence that cannot be read is shown on standard error with carets under the place, and
the exit status is 1. list prints the rules that come with the app.

  --timeframe TF   the rule's own bars (5m); decides which longer ones can be had, and what is needed of them
  --json           check: one object {ok, canonical, warnings, needs, problem}; list: one rule a line

The language: docs/scan-language.md. Example: rules check "ema(9) crosses above ema(21) and rsi(14) > 50"
`,
  run,
};

interface Asked {
  readonly text: string;
  readonly timeframe: Timeframe;
  readonly json: boolean;
}

async function run(args: readonly string[], io: CliIo): Promise<number> {
  const { values, positionals } = readArgs(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: { timeframe: { type: 'string', default: '5m' }, json: { type: 'boolean', default: false } },
  });
  const [verb, ...rest] = positionals;
  const { timeframe, json } = values;
  if (verb === 'list' && rest.length === 0) return list(json, io);
  if (verb !== 'check') throw new UsageError(`Say what to do: check a sentence, or list. Usage: ${USAGE}`);
  const [text] = rest;
  if (text === undefined || rest.length > 1)
    throw new UsageError(`Give one sentence, in quotes, so that it stays one word. Usage: ${USAGE}`);
  if (!isTimeframe(timeframe))
    throw new UsageError(`There is no timeframe "${timeframe}". Choose one of ${TIMEFRAMES.join(', ')}.`);
  return check({ text, timeframe, json }, io);
}

async function check({ text, timeframe, json }: Asked, io: CliIo): Promise<number> {
  const writer = lineWriter(io.out);
  const parsed = parseScan(text);
  const problem = parsed.ok ? longerProblem(parsed, timeframe) : parsed.problem;
  if (!parsed.ok || problem !== undefined) {
    if (json) await writer.line(JSON.stringify({ ok: false, canonical: null, warnings: [], needs: [], problem }));
    await writer.flush();
    if (problem !== undefined) io.talk.write(`${caretText(text, problem).join('\n')}\n`);
    return 1;
  }
  const canonical = formatScan(parsed.condition);
  const needs = needsOfText(canonical, timeframe);
  const warnings = checkScan(parsed.condition, parsed.places, { ...NO_FACTS, needs });
  if (json) await writer.line(JSON.stringify({ ok: true, canonical, warnings, needs, problem: null }));
  else {
    await writer.line(canonical);
    for (const warning of warnings) {
      await writer.line('');
      await writer.line(`Warning (${warning.kind}):`);
      for (const line of caretText(text, warning)) await writer.line(line);
    }
    await writer.line('');
    await writer.line(`Needs ${needs.map((need) => `${need.bars} bars of ${need.timeframe}`).join(', ')}.`);
  }
  await writer.flush();
  return 0;
}

function needsOfText(text: string, timeframe: Timeframe): ReturnType<typeof needsOf> {
  const rule = ruleSchema.parse({ id: 'checked', name: 'of the sentence', timeframe, buy: text });
  return needsOf([compileRule(rule)], timeframe);
}

async function list(json: boolean, io: CliIo): Promise<number> {
  const writer = lineWriter(io.out);
  for (const rule of SHIPPED_RULES) {
    if (json) {
      await writer.line(JSON.stringify(rule));
      continue;
    }
    await writer.line(`${rule.id} (${rule.timeframe}): ${rule.note}`);
    if (rule.buy !== null) await writer.line(`    buy:  ${rule.buy}`);
    if (rule.sell !== null) await writer.line(`    sell: ${rule.sell}`);
  }
  await writer.flush();
  return 0;
}
