import type { Alert } from '../../src/core/alert.ts';
import type { Channel } from '../../src/main/engine/ports.ts';

/** A desktop that only listens. */
export function listeningChannel(hear: (alert: Alert) => void): Channel {
  return {
    id: 'desktop',
    label: 'Desktop',
    fields: [],
    isPersonal: true,
    fieldsSet: () => [],
    isReady: () => true,
    check: () => undefined,
    async send({ alerts }) {
      for (const alert of alerts) hear(alert);
    },
  };
}
