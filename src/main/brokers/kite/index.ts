import type { BrokerModule } from '../broker-module.ts';
import { kiteLogin } from './broker-login.ts';
import { DECODE_HELP, decodeRecording, remarkOnRecording } from './decode.ts';
import { manifest } from './manifest.ts';
import { openKite } from './session.ts';

/** Zerodha's Kite Connect, for data: streaming, quotes and history. */
export const kite: BrokerModule = {
  manifest,
  open: (context) => openKite(context),
  login: kiteLogin,
  decode: decodeRecording,
  decodeRemark: remarkOnRecording,
  decodeHelp: DECODE_HELP,
};
