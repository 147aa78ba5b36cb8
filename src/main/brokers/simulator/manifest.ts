import type { BrokerManifest } from '../../../contract/manifest.ts';

export const manifest: BrokerManifest = {
  id: 'simulator',
  label: 'Simulated market',
  description:
    'A made-up market of the NIFTY 50 that never closes. Its prices are no exchange’s: use it to look around.',
  credentialFields: [],
  limits: { instrumentsPerSocket: 500, sockets: 1, quotesPerRequest: 500 },
  can: { stream: true, quotes: true, history: true, orders: false },
  world: 'simulated',
};
