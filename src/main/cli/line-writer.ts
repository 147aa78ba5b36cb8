import { AppError } from '../../core/errors.ts';

/** The reader of our output went away (`… | head`). Not a failure: the program ends quietly. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

export interface LineWriter {
  /** Adds a line; the newline is ours. Waits only when a block is full and the reader is slow. */
  line(text: string): Promise<void>;
  /** Hands over what is still held back. To be called once, at the end. */
  flush(): Promise<void>;
}

/** Lines are gathered into blocks, because a system call a line is slow. */
const BLOCK_CHARACTERS = 64 * 1024;

/** Writes text lines to `stream`. Rejects with OutputClosed when the reader is gone, with an AppError otherwise. */
export function lineWriter(stream: NodeJS.WritableStream): LineWriter {
  let held = '';
  const flush = async (): Promise<void> => {
    const block = held;
    held = '';
    if (block !== '') await write(stream, block);
  };
  return {
    async line(text) {
      held += `${text}\n`;
      if (held.length >= BLOCK_CHARACTERS) await flush();
    },
    flush,
  };
}

/** Writes one line at once. Rejects as a LineWriter does. */
export function writeLine(stream: NodeJS.WritableStream, text: string): Promise<void> {
  return write(stream, `${text}\n`);
}

/** Streams whose errors are listened to, with the first error each had. */
const failures = new WeakMap<NodeJS.WritableStream, { first: Error | undefined }>();

/** Resolves once the stream took the text, which is how a slow reader slows us down. */
async function write(stream: NodeJS.WritableStream, text: string): Promise<void> {
  const failure = failures.get(stream) ?? watch(stream);
  if (failure.first === undefined) {
    await new Promise<void>((resolve) => {
      stream.write(text, (error) => {
        failure.first ??= error ?? undefined;
        resolve();
      });
    });
  }
  if (failure.first !== undefined)
    throw isBrokenPipe(failure.first) ? new OutputClosed('Nobody reads the output.') : unwritable(failure.first);
}

/** A broken pipe is reported by event as well as by callback; unheard, the event would end the process. */
function watch(stream: NodeJS.WritableStream): { first: Error | undefined } {
  const failure: { first: Error | undefined } = { first: undefined };
  failures.set(stream, failure);
  stream.on('error', (error) => {
    failure.first ??= error;
  });
  return failure;
}

function isBrokenPipe(error: Error): boolean {
  const code = codeOf(error);
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED';
}

function unwritable(cause: Error): AppError {
  const message = `The output cannot be written (${codeOf(cause) ?? cause.message}). Free some disk space, or send it elsewhere.`;
  return new AppError('storage', message, { cause });
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}
