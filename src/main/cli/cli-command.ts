import { type ParseArgsConfig, parseArgs } from 'node:util';

/** One verb of the command line. Data goes to `out`, talk to `talk`; the returned number is the exit code. */
export interface CliCommand {
  readonly name: string;
  /** One line, without the program's name: "indicators FILE --columns LIST [--calendar nse|24x7]". */
  readonly usage: string;
  /** The full text that `--help` prints; the door prints it, `run` never sees `--help`. */
  readonly help: string;
  /**
   * `args` is what follows the verb. Throws UsageError (exit 2), an AppError (exit 1, its message printed) or
   * OutputClosed (exit 0, nothing printed).
   */
  run(args: readonly string[], io: CliIo): Promise<number>;
}

export interface CliIo {
  readonly out: NodeJS.WritableStream;
  readonly talk: NodeJS.WritableStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative file names are relative to. */
  readonly cwd: string;
}

/** Wrong usage: ends the program with exit code 2 and this sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * `parseArgs` of node:util whose complaints are UsageErrors that end with the right usage.
 *
 * `config` is that function's, `args` included; file names need its `allowPositionals: true`.
 */
export function readArgs<Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    // Node adds further sentences, about "--" and "=", that help nobody here.
    const [complaint = thrown.message] = thrown.message.split(/\.\s/);
    const sentence = complaint
      .replace(/\.$/, '')
      .replace('argument is ambiguous', 'takes no value that begins with "-"');
    throw new UsageError(`${sentence}. Usage: ${usage}`, { cause: thrown });
  }
}
