import type { BrokerModule } from '../../../src/main/brokers/broker-module.ts';
import { decodeHelp, decodePigeon } from './decode.ts';
import { pigeonLogin } from './login.ts';
import { manifest } from './manifest.ts';
import { openPigeon } from './session.ts';

/** The Pigeon Exchange, which nobody has ever seen: an eighth venue, added as an exercise. */
export const pigeon: BrokerModule = {
  manifest,
  open: (context) => openPigeon(context),
  login: pigeonLogin,
  decode: decodePigeon,
  decodeHelp,
};
