import type { EngineBatch, EngineEvent } from '../../contract/events.ts';
import type { EngineHost } from '../engine/host.ts';

/** Tells every screen, also one that comes later, what the machine around the engine lacks. */
export interface NoticeBoard {
  post(sentence: string): void;
  /** The same engine, whose batches carry the notices along. */
  over(engine: EngineHost): EngineHost;
}

export function createNoticeBoard(): NoticeBoard {
  const notices: EngineEvent[] = [];
  return {
    post: (text) => notices.push({ type: 'notice', level: 'error', text }),
    over: (engine) => ({
      handlers: engine.handlers,
      report: (error) => engine.report(error),
      close: () => engine.close(),
      subscribe(listener) {
        let seen = 0;
        return engine.subscribe((batch: EngineBatch) => {
          const fresh = notices.slice(seen);
          seen = notices.length;
          listener(fresh.length === 0 ? batch : { seq: batch.seq, events: [...batch.events, ...fresh] });
        });
      },
    }),
  };
}
