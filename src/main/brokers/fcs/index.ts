import type { BrokerModule } from '../broker-module.ts';
import { decodeFcs, decodeHelp } from './decode.ts';
import { manifest } from './manifest.ts';
import { openFcs } from './session.ts';

/** FCS API: candles and quotes of currencies, crypto and stocks in one stream. */
export const fcs: BrokerModule = {
  manifest,
  open: (context) => openFcs(context),
  decode: decodeFcs,
  decodeHelp,
};
