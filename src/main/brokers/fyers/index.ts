import type { BrokerModule } from '../broker-module.ts';
import { DECODE_HELP, decodeRecording } from './decode.ts';
import { login } from './login.ts';
import { manifest } from './manifest.ts';
import { openFyers } from './session.ts';

/** The Fyers API, for data: streaming, quotes, history and updates of orders. */
export const fyers: BrokerModule = {
  manifest,
  open: (context) => openFyers(context),
  login,
  decode: decodeRecording,
  decodeHelp: DECODE_HELP,
};
