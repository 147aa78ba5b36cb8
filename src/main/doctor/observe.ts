import type { ConnectionMetrics } from '../../contract/connection.ts';
import { type EpochMs, type InstrumentKey, SECOND_MS } from '../../core/brand.ts';
import { sessionAtOrBefore } from '../../core/calendar.ts';
import { AppError } from '../../core/errors.ts';
import type { FeedStatus } from '../../core/feed-status.ts';
import type { Tick } from '../../core/tick.ts';
import type { Feed, FeedSink } from '../engine/ports.ts';
import type { RunningFeed } from './parts.ts';
import { type ConnectionView, type Patient, trading } from './patient.ts';

const WATCH_MS = 8 * SECOND_MS;
/** With the market closed nothing but the connection is waited for; a little longer, for what the venue says first. */
const SETTLE_MS = SECOND_MS;
const GOODBYE_MS = 3 * SECOND_MS;

/**
 * Runs the session's feed until each instrument whose market is open has brought a price, for at most eight seconds,
 * and closes it again. A feed that the app itself runs is looked at instead.
 */
export async function observe(patient: Patient): Promise<ConnectionView | undefined> {
  const { parts, session, manifest } = patient;
  const running = parts.running?.(manifest.id);
  if (running !== undefined) return viewOf(running, patient);
  return session && watch(session.feed, patient);
}

function viewOf({ status, connections, receivedAt }: RunningFeed, patient: Patient): ConnectionView {
  const { clock, calendarOf } = patient.parts;
  const now = clock.now();
  const times = trading(patient, now).flatMap(({ key, segment }) => {
    const session = sessionAtOrBefore(calendarOf(segment), now);
    const time = receivedAt(key);
    // Yesterday's price is no sign of life today.
    return time === undefined || (session !== undefined && time < session.open) ? [] : [[key, time] as const];
  });
  const data = [...times.map(([, time]) => time), ...connections.flatMap(({ lastDataAt }) => lastDataAt ?? [])];
  return {
    status,
    connections,
    messages: connections.reduce((sum, { messages }) => sum + messages, 0),
    priced: new Set(times.map(([key]) => key)),
    lastDataAt: data.length === 0 ? undefined : (Math.max(...data) as EpochMs),
    rejects: new Map(),
    watchedMs: undefined,
  };
}

async function watch(feed: Feed, patient: Patient): Promise<ConnectionView> {
  const { parts, stop, session } = patient;
  const { clock } = parts;
  const begun = clock.now();
  const due = trading(patient, begun).map(({ key }) => key);
  const priced = new Set<InstrumentKey>();
  const rejects = new Map<string, number>();
  let status: FeedStatus = { state: 'idle' };
  let messages = 0;
  let lastDataAt: EpochMs | undefined;
  let cancelSettle: (() => void) | undefined;
  const over = new AbortController();
  const look = (): void => {
    const isAnswered = due.length > 0 && due.every((key) => priced.has(key));
    if (isAnswered || status.state === 'stopped' || status.state === 'finished') over.abort();
    else if (due.length === 0 && status.state === 'live') cancelSettle ??= clock.after(SETTLE_MS, () => over.abort());
  };
  const take = (ticks: readonly Tick[]): void => {
    if (ticks.length === 0) return;
    lastDataAt = clock.now();
    for (const { instrument } of ticks) priced.add(instrument);
    look();
  };
  const sink: FeedSink = {
    ticks: take,
    quotes: take,
    status(next) {
      // How it stood when it was told to end.
      if (over.signal.aborted) return;
      status = next;
      look();
    },
    heard() {
      messages += 1;
    },
    rejected(reason) {
      rejects.set(reason, (rejects.get(reason) ?? 0) + 1);
    },
    bars() {},
    progress() {},
    dropped() {},
    candle() {},
    order() {},
  };

  feed.watch(new Set(session?.instruments.map(({ key }) => key)));
  const cancelWatch = clock.after(WATCH_MS, () => over.abort());
  const end = AbortSignal.any([stop, over.signal]);
  let connections: readonly ConnectionMetrics[] = [];
  end.addEventListener('abort', () => {
    connections = feed.connections?.() ?? [];
  });
  const run = feed.run(sink, end).then(
    () => over.abort(),
    (thrown: unknown) => {
      const { message } = AppError.from(thrown);
      if (!over.signal.aborted) status = { state: 'stopped', reason: 'failed', message };
      over.abort();
    },
  );
  await aborted(end);
  cancelWatch();
  cancelSettle?.();
  // A feed that does not end is left to itself: it has been told.
  let cancelGoodbye = (): void => undefined;
  await Promise.race([run, new Promise<void>((resolve) => (cancelGoodbye = clock.after(GOODBYE_MS, resolve)))]);
  cancelGoodbye();
  stop.throwIfAborted();
  return { status, connections, messages, priced, lastDataAt, rejects, watchedMs: clock.now() - begun };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
