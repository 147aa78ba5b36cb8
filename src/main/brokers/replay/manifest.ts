import type { BrokerManifest } from '../../../contract/manifest.ts';

export const manifest: BrokerManifest = {
  id: 'replay',
  label: 'Replay',
  description:
    'Plays CSV files of bars, seconds or ticks again, at any speed, on the clock of the day they were recorded.',
  credentialFields: [],
  limits: { instrumentsPerSocket: 500, sockets: 1 },
  can: { stream: true, quotes: false, history: false, orders: false },
  world: 'replay',
};
