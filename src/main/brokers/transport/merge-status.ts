import type { FeedStatus } from '../../../core/feed-status.ts';

/** The worst first: a feed of several sockets is as well as its worst one. */
const RANK: Readonly<Record<FeedStatus['state'], number>> = {
  stopped: 0,
  waiting: 1,
  connecting: 2,
  stale: 3,
  live: 4,
  finished: 5,
  idle: 6,
};

/**
 * One status out of those of several sockets. Returns the place of a socket to report to; `tell` hears the
 * worst of all, when that changes.
 */
export function mergeStatuses(tell: (status: FeedStatus) => void): (socket: number, status: FeedStatus) => void {
  const statuses = new Map<number, FeedStatus>();
  let told: FeedStatus | undefined;
  return (socket, status) => {
    statuses.set(socket, status);
    const [worst = status] = [...statuses.values()].sort((a, b) => rankOf(a) - rankOf(b));
    if (told !== undefined && isSame(told, worst)) return;
    told = worst;
    tell(worst);
  };
}

/** Sockets that were told to stop follow the one that had to. */
function rankOf(status: FeedStatus): number {
  return status.state === 'stopped' && status.reason !== 'by-user' ? -1 : RANK[status.state];
}

/** When it has been so since is no news. */
function isSame(a: FeedStatus, b: FeedStatus): boolean {
  if (a.state !== b.state) return false;
  if (a.state === 'live') return true;
  return JSON.stringify(a) === JSON.stringify(b);
}
