import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { damaged, type Frame, numbersFrom } from './damage.ts';

/** A parser, and what it is given. */
export interface ParserUnderTest {
  /** One of every kind that the venue sends, all of them good. */
  readonly frames: readonly Frame[];
  /**
   * Reads one frame as the feed does. True when it made a price or a bar of it; throws when that cannot be.
   */
  read(frame: Frame): boolean;
}

/** How it went. */
export interface DamageReport {
  readonly frames: number;
  /** Frames of which something was made in spite of the damage. */
  readonly made: number;
  readonly ms: number;
  /** The longest that a hundred frames took of the processor, in milliseconds. */
  readonly slowestMs: number;
  /** In use after half of the frames, and after all, in MB: what lives on for good reasons is there by then. */
  readonly early: number;
  readonly late: number;
}

const USUAL_FRAMES = 100_000;
const BATCH = 100;
/** A hundred frames take about a millisecond. */
const MOST_BATCH_MS = 2_000;
/** Over half a million frames that is four bytes each: nothing of them is kept. V8's own tables double now and then. */
const MOST_GROWTH_MB = 2;
const SEED = 20_261_121;

/** How many damaged frames a parser is given: what TICKSCOPE_FUZZ says, such as 1000000, or what a daily run can spare. */
export const DAMAGED_FRAMES = framesOf(process.env['TICKSCOPE_FUZZ']);

function framesOf(text: string | undefined): number {
  const frames = Number(text ?? USUAL_FRAMES);
  if (Number.isInteger(frames) && frames >= 1_000) return frames;
  throw new Error(`TICKSCOPE_FUZZ takes a number of frames from 1000 on, not "${text}".`);
}

/**
 * What every parser promises of damaged frames, checked the same way for each. A million of them, for all venues one
 * after another, with a line of figures for each:
 *
 *     TICKSCOPE_FUZZ=1000000 npx vitest run --project unit --no-file-parallelism damaged-frames
 */
export function describeDamage(name: string, open: () => ParserUnderTest): void {
  describe(`${name}, given damaged frames`, () => {
    it('throws nothing at any of them cut off anywhere, and reads the whole ones', () => {
      const { frames, read } = open();
      let made = 0;
      for (const frame of frames) {
        for (let length = 0; length < frame.length; length += 1) tried(read, frame.slice(0, length));
        if (tried(read, frame)) made += 1;
      }
      expect(made, 'some bring prices').toBeGreaterThan(0);
    });

    it(`throws nothing at ${DAMAGED_FRAMES} of them, takes no time over any, and keeps nothing`, () => {
      const report = giveDamaged(open(), DAMAGED_FRAMES);
      if (process.env['TICKSCOPE_FUZZ'] !== undefined) process.stderr.write(`${reportLine(name, report)}\n`);
      expect(report.made, 'some are good all the same').toBeGreaterThan(report.frames / 100);
      expect(report.made, 'some are not').toBeLessThan(report.frames * 0.9);
      expect(report.slowestMs, 'ms for a hundred frames').toBeLessThan(MOST_BATCH_MS);
      expect(report.late - report.early, 'MB that stay').toBeLessThan(MOST_GROWTH_MB);
    }, 1_200_000);
  });
}

/** Reads so many damaged frames. Throws, with the frame in its message, what `read` throws. */
export function giveDamaged({ frames, read }: ParserUnderTest, count: number): DamageReport {
  const next = numbersFrom(SEED);
  const begun = performance.now();
  const tenth = count / 10;
  let [made, slowestMs, early] = [0, 0, 0];
  for (let done = 0; done < count; done += BATCH) {
    // Often, for what V8 remembers of old shapes makes its tables grow.
    if (done % tenth < BATCH) collectGarbage();
    if (early === 0 && done >= count / 2) early = usedMb();
    const before = process.cpuUsage();
    for (let at = done; at < Math.min(count, done + BATCH); at += 1) {
      const frame = frames[at % frames.length] ?? '';
      if (tried(read, damaged(frame, frames, next))) made += 1;
    }
    const { user, system } = process.cpuUsage(before);
    slowestMs = Math.max(slowestMs, (user + system) / 1_000);
  }
  return { frames: count, made, ms: performance.now() - begun, slowestMs, early, late: usedMb() };
}

function reportLine(name: string, { frames, made, ms, slowestMs, early, late }: DamageReport): string {
  const speed = Math.round(frames / (ms / 1_000));
  return `damaged frames of ${name}: ${frames} in ${(ms / 1_000).toFixed(1)} s (${speed} a second), ${made} made something, a hundred took at most ${slowestMs.toFixed(0)} ms, memory ${early.toFixed(1)} -> ${late.toFixed(1)} MB`;
}

function tried(read: ParserUnderTest['read'], frame: Frame): boolean {
  try {
    return read(frame);
  } catch (thrown) {
    const shown = typeof frame === 'string' ? JSON.stringify(frame) : Buffer.from(frame).toString('hex');
    throw new Error(`${thrown instanceof Error ? thrown.message : String(thrown)}, at ${shown}`, { cause: thrown });
  }
}

setFlagsFromString('--expose-gc');
// Once: every new context would take half a megabyte itself.
const collect: unknown = runInNewContext('gc');

/** What is in use once everything that can go is gone. */
function usedMb(): number {
  // Some of it goes only after a few rounds.
  for (let round = 0; round < 4; round += 1) collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

function collectGarbage(): void {
  if (typeof collect === 'function') collect();
}
