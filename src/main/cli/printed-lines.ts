import { writeLine } from './line-writer.ts';

/** Lines that wait for a slow reader; beyond it they are dropped, as a live feed does not wait. */
const MOST_WAITING = 20_000;

/** Prints JSON lines in order, as they come, without keeping the teller waiting. */
export interface PrintedLines {
  print(content: object): void;
  /** Lines that were dropped because the reader was too slow. */
  readonly dropped: number;
  /** Resolves when all is written; rejects as `writeLine` does. */
  flush(): Promise<void>;
}

/** `onClosed` hears of an output that takes no more. */
export function printedLines(stream: NodeJS.WritableStream, onClosed: () => void): PrintedLines {
  let waiting: string[] = [];
  let dropped = 0;
  let failure: { readonly thrown: unknown } | undefined;
  let running: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    try {
      while (waiting.length > 0 && failure === undefined) {
        const block = waiting.join('\n');
        waiting = [];
        await writeLine(stream, block);
      }
    } catch (thrown) {
      failure = { thrown };
      onClosed();
    } finally {
      running = undefined;
    }
  };
  return {
    print(content) {
      if (failure !== undefined) return;
      if (waiting.length >= MOST_WAITING) dropped += 1;
      else waiting.push(JSON.stringify(content));
      running ??= drain();
    },
    get dropped() {
      return dropped;
    },
    async flush() {
      await running;
      if (failure !== undefined) throw failure.thrown;
    },
  };
}
