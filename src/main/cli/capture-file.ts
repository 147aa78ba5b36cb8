import type { EpochMs } from '../../core/brand.ts';
import { istText } from '../files/bar-sheet.ts';
import { openNewFile } from '../files/new-file.ts';
import type { CapturedFrame } from './capture-frames.ts';

/** What stands above the frames. */
export interface CaptureHead {
  readonly venue: string;
  readonly startedAt: EpochMs;
  readonly version: string;
  readonly symbols: readonly string[];
}

/** A fixture that is being written, frame by frame, in the format that `decode` reads. */
export interface CaptureFile {
  /** Queued: writing never keeps a feed waiting. */
  add(frame: CapturedFrame): void;
  readonly counts: { frames: number; leftOut: number };
  /** Gives the file its name. Answers its size in bytes; throws AppError when the disk let it down. */
  keep(): Promise<number>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Throws an AppError when there is a file of that name already, or none can be made. `onTrouble` hears of a full disk. */
export async function beginCapture(path: string, head: CaptureHead, onTrouble: () => void): Promise<CaptureFile> {
  const file = await openNewFile(path, false);
  const { venue, startedAt, version, symbols } = head;
  const meta = {
    id: `capture-${venue}-${istText(startedAt).slice(0, 19).replaceAll(':', '-')}`,
    broker: venue,
    transport: 'ws',
    direction: 'server-to-client',
    origin: 'recorded',
    source: `Tickscope ${version}`,
    recordedAt: istText(startedAt),
    symbols,
    note: `Recorded by capture. Secrets are replaced by dots or left out; receivedAt is in milliseconds since 1970.`,
  };
  const counts = { frames: 0, leftOut: 0 };
  let failure: { readonly thrown: unknown } | undefined;
  let written = file.write(`${JSON.stringify(meta).slice(0, -1)},"frames":[`);
  const write = (text: string): void => {
    written = written
      .then(() => (failure === undefined ? file.write(text) : undefined))
      .catch((thrown: unknown) => {
        failure ??= { thrown };
        onTrouble();
      });
  };
  return {
    counts,
    add(frame) {
      write(`${counts.frames === 0 ? '' : ','}\n${JSON.stringify(frame)}`);
      counts.frames += 1;
      if (frame.leftOut !== undefined) counts.leftOut += 1;
    },
    async keep() {
      write('\n]}\n');
      await written;
      if (failure !== undefined) throw failure.thrown;
      return file.keep();
    },
    async discard() {
      await written.catch(() => undefined);
      await file.discard();
    },
  };
}
