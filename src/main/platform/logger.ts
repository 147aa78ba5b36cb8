import { join } from 'node:path';
import log from 'electron-log/node';
import type { Logger } from '../engine/ports.ts';
import { contextText, errorText, oneLine } from './log-line.ts';
import { createRedactor, type Redactor } from './redactor.ts';

const LOG_FILE = 'tickscope.log';
/** Where the log of the folder `dir` is written. */
export function logFile(dir: string): string {
  return join(dir, LOG_FILE);
}

const MAX_BYTES = 2 * 1024 * 1024;

export interface LoggerOptions {
  /** The least severe level that is written. */
  readonly level?: 'info' | 'warn' | 'error';
  /** Shared with whoever learns secrets, so that they are hidden by value too. */
  readonly redactor?: Redactor;
  /** Above this the file is set aside as `tickscope.old.log` and begun anew. */
  readonly maxBytes?: number;
}

/**
 * Writes to `tickscope.log` in `dir`; nothing unredacted reaches it. Never throws: a log that cannot be
 * written is no reason to stop.
 *
 * It is electron-log's Node flavour in both doors. That one asks Electron for nothing, which is what we want:
 * the folder is ours to say, and the line is finished before it is handed over.
 */
export function createLogger(dir: string, options: LoggerOptions = {}): Logger {
  const { level = 'info', redactor = createRedactor(), maxBytes = MAX_BYTES } = options;
  const sink = log.create({ logId: dir });
  const { console: terminal, file, ipc, remote } = sink.transports;
  terminal.level = false;
  if (ipc) ipc.level = false;
  if (remote) remote.level = false;
  file.level = level;
  file.maxSize = maxBytes;
  file.resolvePathFn = () => logFile(dir);
  // Without a name the library looks for a package.json above the main script, and throws if there is none.
  file.setAppName('Tickscope');
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.transforms = [({ message }) => `${message.date.toISOString()} [${message.level}] ${message.data.join(' ')}`];

  // Trouble with any file goes to the default logger's terminal, whatever its level.
  log.transports.console.writeFn = tellOnce(dir);

  const line = (message: string, context: Readonly<Record<string, unknown>> | undefined): string =>
    redactor.text(`${oneLine(message)}${contextText(context)}`);
  return {
    info: (message, context) => sink.info(line(message, context)),
    warn: (message, context) => sink.warn(line(message, context)),
    error: (error) => sink.error(redactor.text(errorText(error))),
  };
}

/** Trouble with the log cannot go to the log; once on the terminal is enough. */
function tellOnce(dir: string): () => void {
  let told = false;
  return () => {
    if (!told) process.stderr.write(`Tickscope cannot write its log in ${dir}; it goes on without one.\n`);
    told = true;
  };
}
