import { AppError } from '../core/errors.ts';
import { type CliCommand, UsageError } from './cli/cli-command.ts';
import { OutputClosed } from './cli/line-writer.ts';

/** Door 3: the command line. A verb is loaded when it is called, so that none waits for another's libraries. */
const COMMANDS: Readonly<Record<string, () => Promise<CliCommand>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  replay: async () => (await import('./cli/replay.ts')).replayCommand,
  resample: async () => (await import('./cli/resample.ts')).resampleCommand,
  indicators: async () => (await import('./cli/indicators.ts')).indicatorsCommand,
  import: async () => (await import('./cli/import.ts')).importCommand,
  export: async () => (await import('./cli/export.ts')).exportCommand,
  coverage: async () => (await import('./cli/coverage.ts')).coverageCommand,
  differences: async () => (await import('./cli/differences.ts')).differencesCommand,
  alerts: async () => (await import('./cli/alerts-prove.ts')).alertsCommand,
  'back-up': async () => (await import('./cli/back-up.ts')).backUpCommand,
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand,
  watch: async () => (await import('./cli/watch.ts')).watchCommand,
  capture: async () => (await import('./cli/capture.ts')).captureCommand,
  decode: async () => (await import('./cli/decode.ts')).decodeCommand,
  scan: async () => (await import('./cli/scan.ts')).scanCommand,
  backtest: async () => (await import('./cli/backtest.ts')).backtestCommand,
  rules: async () => (await import('./cli/rules-check.ts')).rulesCommand,
};

async function helpText(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  return `Usage: npm run -s cli -- COMMAND [OPTIONS]

${commands.map(({ usage }) => `  ${usage}`).join('\n')}

COMMAND --help tells more. Data goes to standard output, everything else to standard error.
Exit status: 0 done, 1 failed, 2 wrong usage.`;
}

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined) throw new UsageError(await helpText());
  if (name === '--help' || name === '-h' || name === 'help') {
    console.log(await helpText());
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined)
    throw new UsageError(`There is no command "${name}". Known: ${Object.keys(COMMANDS).join(', ')}.`);
  const command = await load();
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
  else if (thrown instanceof AppError && (thrown.code !== 'internal' || thrown.cause === undefined))
    console.error(thrown.message);
  else console.error(thrown instanceof AppError ? (thrown.cause ?? thrown) : thrown);
  return thrown instanceof UsageError ? 2 : 1;
}

process.exitCode = await main(process.argv.slice(2)).catch(explain);
