import type { BrokerModule } from '../broker-module.ts';
import { DECODE_HELP, decodeTinvest } from './decode.ts';
import { manifest } from './manifest.ts';
import { openTinvest } from './session.ts';

/** T-Bank's T-Invest API, for data: streaming, quotes, history and past trades of the Moscow Exchange. */
export const tinvest: BrokerModule = {
  manifest,
  open: (context) => openTinvest(context),
  decode: decodeTinvest,
  decodeHelp: DECODE_HELP,
};
