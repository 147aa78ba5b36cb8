import type { EngineBatch, EngineEvent } from '../../contract/events.ts';
import type { EngineHost } from '../engine/host.ts';

/** Tells every screen, also one that comes later, what the machine around the engine lacks. */
export interface NoticeBoard {
  post(sentence: string): void;
  /** The same engine, whose batches carry the notices along. */
  over(engine: EngineHost): EngineHost;
}

/**
 * A screen drops the batches up to its snapshot, so notices wait for one that comes after a snapshot; a reset,
 * which makes it take another, lets those that follow wait again.
 */
export function createNoticeBoard(): NoticeBoard {
  const notices: EngineEvent[] = [];
  return {
    post: (text) => notices.push({ type: 'notice', level: 'error', text }),
    over(engine) {
      let snapshots = 0;
      let newestSeq = 0;
      return {
        handlers: {
          ...engine.handlers,
          async 'app.snapshot'(input) {
            const snapshot = await engine.handlers['app.snapshot'](input);
            snapshots += 1;
            newestSeq = snapshot.seq;
            return snapshot;
          },
        },
        logins: engine.logins,
        wake: () => engine.wake(),
        report: (error) => engine.report(error),
        close: () => engine.close(),
        subscribe(listener) {
          let seen = 0;
          let before = snapshots;
          return engine.subscribe((batch: EngineBatch) => {
            if (batch.events.some(({ type }) => type === 'reset')) before = snapshots;
            const isFollowing = snapshots > before && batch.seq > newestSeq;
            const fresh = isFollowing ? notices.slice(seen) : [];
            seen += fresh.length;
            listener(fresh.length === 0 ? batch : { seq: batch.seq, events: [...batch.events, ...fresh] });
          });
        },
      };
    },
  };
}
