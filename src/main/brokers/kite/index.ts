import type { BrokerModule } from '../broker-module.ts';
import { manifest } from './manifest.ts';
import { openKite } from './session.ts';

/** Zerodha's Kite Connect, for data: streaming, quotes and history. */
export const kite: BrokerModule = { manifest, open: (context) => openKite(context) };
