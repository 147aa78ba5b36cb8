/** Times Tickscope's hot paths against its peers, in one run: `npm run bench -- [--json] [--only PART,…]`. */
import { execFile } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Part } from './part.ts';
import { PARTS } from './parts.ts';
import { type Reading, readingsText } from './reading.ts';
import { type Race, raceOf, raceText } from './report.ts';
import { measureScreen, type ScreenReport, screenText } from './screen.ts';

/** The part that is only measured, not raced. */
const SCREEN = 'screen';
const NAMES: readonly string[] = [...PARTS.map(({ name }) => name), SCREEN];

const HELP = `Usage: npm run bench -- [--json] [--only ${NAMES.join(',')}]

Times Tickscope against its peers and prints operations a second (the median of nine rounds in three processes,
slowest and fastest round behind it) and how many times faster the first line is. Results are checked to be equal
first. A part takes up to five minutes.
A part may also measure what is no race: "transport" how a flood of messages holds everything else up.
The part "${SCREEN}" has no peer: it opens the running app in Chromium and tells what a person would feel.

  --json         one JSON document instead of tables
  --only LIST    only these parts
`;

/** Fresh processes for each contender: some peers are fast in one process and slow in the next. */
const PASSES = 3;
const runFile = promisify(execFile);

/** Ends the bench with exit code 2. */
class WrongUsage extends Error {}

interface Measured {
  readonly title: string;
  readonly readings: readonly Reading[];
}

/** Runs `contender.ts` with these arguments and returns what it prints. */
async function inOwnProcess(...args: readonly string[]): Promise<string> {
  const script = join(import.meta.dirname, 'contender.ts');
  const { stdout } = await runFile(process.execPath, ['--expose-gc', script, ...args], { maxBuffer: 1 << 26 });
  return stdout;
}

/** The contenders take turns, so that whatever else the machine does meets all of them. */
async function runJob(part: Part, index: number): Promise<Race> {
  const job = part.jobs[index];
  if (job === undefined) throw new RangeError(`${part.name} has no job ${index}.`);
  const rounds = job.entries.map((): number[] => []);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (const [entry, own] of rounds.entries()) {
      const printed: unknown = JSON.parse(await inOwnProcess(part.name, String(index), String(entry)));
      if (Array.isArray(printed)) own.push(...printed.map(Number));
    }
  }
  return raceOf(part, job, rounds);
}

async function measurePart(part: Part): Promise<Measured | undefined> {
  if (part.measured === undefined) return undefined;
  // Written by `contender.ts`, just now.
  const readings = JSON.parse(await inOwnProcess(part.name, 'measured')) as readonly Reading[];
  return { title: part.measured.title, readings };
}

function chosenNames(only: string | undefined): readonly string[] {
  if (only === undefined) return NAMES;
  const names = only.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !NAMES.includes(name));
  if (unknown !== undefined) throw new WrongUsage(`There is no part "${unknown}".\n\n${HELP}`);
  return names;
}

function readOptions(args: readonly string[]): { json?: boolean; only?: string; help?: boolean } {
  try {
    return parseArgs({
      args: [...args],
      options: { json: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (thrown) {
    throw new WrongUsage(`${thrown instanceof Error ? thrown.message : thrown}\n\n${HELP}`, { cause: thrown });
  }
}

async function main(args: readonly string[]): Promise<void> {
  const values = readOptions(args);
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const chosen = chosenNames(values.only);
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };
  if (!values.json) process.stdout.write(`Node ${machine.node}, ${machine.cores} × ${machine.cpu}\n\n`);
  const races: Race[] = [];
  const measured: Measured[] = [];
  for (const part of PARTS.filter(({ name }) => chosen.includes(name))) {
    await inOwnProcess(part.name);
    for (const index of part.jobs.keys()) {
      const race = await runJob(part, index);
      races.push(race);
      if (!values.json) process.stdout.write(`${raceText(race)}\n`);
    }
    const found = await measurePart(part);
    if (found === undefined) continue;
    measured.push(found);
    if (!values.json) process.stdout.write(`${readingsText(found.title, found.readings)}\n`);
  }
  const screen: ScreenReport | undefined = chosen.includes(SCREEN) ? await measureScreen() : undefined;
  if (values.json) process.stdout.write(`${JSON.stringify({ machine, races, measured, screen }, null, 2)}\n`);
  else if (screen !== undefined) process.stdout.write(`${screenText(screen)}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : thrown}\n`);
  process.exitCode = thrown instanceof WrongUsage ? 2 : 1;
}
