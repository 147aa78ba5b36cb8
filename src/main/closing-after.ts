import type { EngineHost } from './engine/host.ts';

/** The same engine, with more to close once it is closed itself. */
export function closingAfter(engine: EngineHost, close: () => void): EngineHost {
  return {
    handlers: engine.handlers,
    logins: engine.logins,
    wake: () => engine.wake(),
    report: (error) => engine.report(error),
    subscribe: (listener) => engine.subscribe(listener),
    async close() {
      try {
        await engine.close();
      } finally {
        close();
      }
    },
  };
}
