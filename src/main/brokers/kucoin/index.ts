import type { BrokerModule } from '../broker-module.ts';
import { DECODE_HELP, decodeRecording } from './decode.ts';
import { manifest } from './manifest.ts';
import { openKucoin } from './session.ts';

/** KuCoin's spot market: streaming, quotes and history, without an account. */
export const kucoin: BrokerModule = {
  manifest,
  open: (context) => openKucoin(context),
  decode: decodeRecording,
  decodeHelp: DECODE_HELP,
};
