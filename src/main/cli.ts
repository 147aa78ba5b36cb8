import { AppError } from '../core/errors.ts';
import { type CliCommand, UsageError } from './cli/cli-command.ts';
import { decodeCommand } from './cli/decode.ts';
import { indicatorsCommand } from './cli/indicators.ts';
import { OutputClosed } from './cli/line-writer.ts';
import { replayCommand } from './cli/replay.ts';
import { resampleCommand } from './cli/resample.ts';
import { serveCommand } from './cli/serve.ts';

/** Door 3: the command line. Data on stdout, talk on stderr, exit 0, 1 for failure, 2 for wrong usage. */
const COMMANDS: readonly CliCommand[] = [
  serveCommand,
  replayCommand,
  resampleCommand,
  indicatorsCommand,
  decodeCommand,
];

const HELP = `Usage: npm run -s cli -- COMMAND [OPTIONS]

${COMMANDS.map(({ usage }) => `  ${usage}`).join('\n')}

COMMAND --help tells more. Data goes to standard output, everything else to standard error.
Exit status: 0 done, 1 failed, 2 wrong usage.`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? console.error : console.log)(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined)
    throw new UsageError(`There is no command "${name}". Known: ${COMMANDS.map((each) => each.name).join(', ')}.`);
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.help);
    return 0;
  }
  return command.run(args, { out: process.stdout, talk: process.stderr, env: process.env, cwd: process.cwd() });
}

/** The sentence for the person, and the exit code. What nobody foresaw is shown whole: it is a bug to report. */
function explain(thrown: unknown): number {
  if (thrown instanceof OutputClosed) return 0;
  if (thrown instanceof UsageError) console.error(thrown.message);
  else if (thrown instanceof AppError && thrown.code !== 'internal') console.error(thrown.message);
  else console.error(thrown instanceof AppError ? (thrown.cause ?? thrown) : thrown);
  return thrown instanceof UsageError ? 2 : 1;
}

process.exitCode = await main(process.argv.slice(2)).catch(explain);
