import type { BrokerModule } from './broker-module.ts';
import { fcs } from './fcs/index.ts';
import { fyers } from './fyers/index.ts';
import { kite } from './kite/index.ts';
import { kucoin } from './kucoin/index.ts';
import { replay } from './replay/index.ts';
import { simulator } from './simulator/index.ts';
import { tinvest } from './tinvest/index.ts';

/** Every broker the app knows, one line each, in the order Settings shows them. */
export const BROKERS: readonly BrokerModule[] = [simulator, replay, kite, fyers, kucoin, fcs, tinvest];
