import { resolve } from 'node:path';
import { type CliIo, UsageError } from './cli-command.ts';

/** A symbol, with or without its exchange. */
const SYMBOL = /^(?:[A-Z]+:)?[\w&.-][\w&. -]*$/;

/** The files of a command line, and the symbol of the only one. */
export interface FileChoice {
  readonly paths: readonly string[];
  readonly symbol: string | undefined;
}

/** Throws a UsageError when `--symbol` is no symbol, or there are several files to which it would belong. */
export function fileOption(
  files: readonly string[],
  symbol: string | undefined,
  { cwd }: Pick<CliIo, 'cwd'>,
): FileChoice {
  if (symbol !== undefined && files.length > 1)
    throw new UsageError('--symbol names the symbol of one file; with several, their names tell.');
  if (symbol !== undefined && !SYMBOL.test(symbol))
    throw new UsageError(`--symbol takes a symbol such as INFY, "M&M" or BSE:INFY, not "${symbol}".`);
  return { paths: files.map((file) => resolve(cwd, file)), symbol };
}
