import { resolve } from 'node:path';
import { INTRADAY_MS, isIntraday, type Timeframe } from '../../core/timeframe.ts';
import { readReplayFile } from '../brokers/replay/index.ts';
import type { ReplayFile } from '../brokers/replay/replay-file.ts';
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

/** Files that were read: those of which bars of a timeframe can be made, and those whose bars are longer. */
export interface Recordings {
  readonly recordings: readonly ReplayFile[];
  readonly tooCoarse: readonly ReplayFile[];
}

/** Throws a UsageError when bars of `timeframe` can be made of none of the files, and an AppError for one that cannot be read. */
export async function readRecordings({ paths, symbol }: FileChoice, timeframe: Timeframe): Promise<Recordings> {
  const recordings: ReplayFile[] = [];
  const tooCoarse: ReplayFile[] = [];
  for (const path of paths) {
    const recording = await readReplayFile(path, symbol);
    (isTooCoarse(recording, timeframe) ? tooCoarse : recordings).push(recording);
  }
  if (recordings.length === 0)
    throw new UsageError(
      `Bars of ${timeframe} cannot be made of the longer bars in ${tooCoarse.map(({ name }) => name).join(', ')}.`,
    );
  return { recordings, tooCoarse };
}

/** Bars cannot be made of longer ones. */
function isTooCoarse({ file }: ReplayFile, timeframe: Timeframe): boolean {
  const barMs = file.kind === 'bars' ? file.barMs : undefined;
  return barMs !== undefined && isIntraday(timeframe) && barMs > INTRADAY_MS[timeframe];
}

export function coarseSentence(name: string, timeframe: Timeframe): string {
  return `No signal can come from ${name}: its bars are longer than ${timeframe}.`;
}
