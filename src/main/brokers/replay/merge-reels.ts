import type { EpochMs } from '../../../core/brand.ts';
import type { Playlist } from '../play.ts';
import type { Batch, Reel } from './reel.ts';

interface Head {
  time: EpochMs;
  /** Of equal times the file that was named first comes first. */
  readonly rank: number;
  readonly reel: Reel;
}

/** Plays reels together in order of time; everything of one instant goes to `hand` in one batch. */
export function mergeReels(reels: readonly Reel[], hand: (batch: Batch) => void): Playlist {
  const heap: Head[] = [];
  reels.forEach((reel, rank) => {
    const time = reel.nextTime();
    if (time !== undefined) heap.push({ time, rank, reel });
  });
  heap.sort((a, b) => a.time - b.time || a.rank - b.rank);

  return {
    nextTime: () => heap[0]?.time,
    deliver() {
      const now = heap[0]?.time;
      if (now === undefined) return;
      const batch: Batch = { bars: [], ticks: [] };
      for (let head = heap[0]; head !== undefined && head.time === now; head = heap[0]) {
        // All rows of this instant at once, then the reel goes to its new place.
        let next: EpochMs | undefined = now;
        while (next === now) {
          head.reel.take(batch, now);
          next = head.reel.nextTime();
        }
        if (next === undefined) replaceRoot(heap, heap.pop());
        else {
          head.time = next;
          sink(heap);
        }
      }
      hand(batch);
    },
  };
}

function replaceRoot(heap: Head[], last: Head | undefined): void {
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  sink(heap);
}

/** Restores the order of a binary heap whose root may be too late. */
function sink(heap: Head[]): void {
  const moved = heap[0];
  if (moved === undefined) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    if (left === undefined) break;
    const isRight = right !== undefined && comesFirst(right, left);
    const child = isRight ? right : left;
    if (!comesFirst(child, moved)) break;
    heap[at] = child;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = moved;
}

function comesFirst(a: Head, b: Head): boolean {
  return a.time < b.time || (a.time === b.time && a.rank < b.rank);
}
