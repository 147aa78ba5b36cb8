import type { EpochMs } from '../../../core/brand.ts';
import type { Playlist } from '../play.ts';
import type { Batch, Track } from './track.ts';

interface Head {
  time: EpochMs;
  /** Of equal times the file that was named first comes first. */
  readonly rank: number;
  readonly track: Track;
}

/** Plays tracks together in order of time; everything of one instant goes to `hand` in one batch. */
export function mergeTracks(tracks: readonly Track[], hand: (batch: Batch) => void): Playlist {
  const heap: Head[] = [];
  tracks.forEach((track, rank) => {
    const time = track.nextTime();
    if (time !== undefined) heap.push({ time, rank, track });
  });
  heap.sort((a, b) => a.time - b.time || a.rank - b.rank);

  return {
    nextTime: () => heap[0]?.time,
    deliver() {
      const now = heap[0]?.time;
      if (now === undefined) return;
      const batch: Batch = { bars: [], ticks: [] };
      for (let head = heap[0]; head !== undefined && head.time === now; head = heap[0]) {
        // All rows of this instant at once, then the track goes to its new place.
        let next: EpochMs | undefined = now;
        while (next === now) {
          head.track.take(batch, now);
          next = head.track.nextTime();
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
