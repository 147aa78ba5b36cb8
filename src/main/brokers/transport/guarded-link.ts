import type { Link } from './link.ts';
import type { ConnectionRecord } from './meter.ts';
import { closedSocket } from './socket.ts';

/** A link that answers every question and never throws. */
export interface GuardedLink extends Required<Link> {
  /** Runs what else may be at fault. */
  attempt(call: () => void): void;
}

/** The link with every call caught, so that no fault of a venue or of a listener ends its supervision. */
export function guardedLink(link: Link, record: ConnectionRecord): GuardedLink {
  const report = (thrown: unknown): void => {
    try {
      link.failed(thrown);
    } catch {
      // A fault in reporting a fault has nowhere to go.
    }
  };
  const safely = <Value>(otherwise: Value, call: () => Value): Value => {
    try {
      return call();
    } catch (thrown) {
      report(thrown);
      return otherwise;
    }
  };
  return {
    connect(listener) {
      try {
        return link.connect(listener);
      } catch (thrown) {
        report(thrown);
        return closedSocket(listener, 'The connection could not be started.');
      }
    },
    opened: (socket) => safely(undefined, () => link.opened(socket)),
    received: (message) => safely(false, () => link.received(message)),
    isReady: () => safely(true, () => link.isReady?.() ?? true),
    heartbeat: () => safely(undefined, () => link.heartbeat?.()),
    judgeEnd: (end) => safely(undefined, () => link.judgeEnd?.(end)),
    closed: () => safely(undefined, () => link.closed()),
    status(status) {
      record.status(status.state);
      safely(undefined, () => link.status(status));
    },
    isDataDue: (now) => safely(false, () => link.isDataDue(now)),
    failed: report,
    attempt: (call) => safely(undefined, call),
  };
}
