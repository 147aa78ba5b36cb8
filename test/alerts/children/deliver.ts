/**
 * Delivers by webhook what the store owes: `deliver.ts DATABASE ADDRESS SECRET [RAISE]`. With the fourth word it raises
 * six alerts first, of which a digest takes those above two. Says `idle` each time nothing waits; ends only when killed.
 */
import { writeSync } from 'node:fs';
import { settingsSchema } from '../../../src/contract/settings.ts';
import type { EpochMs, InstrumentKey } from '../../../src/core/brand.ts';
import { createWebhook } from '../../../src/main/alerts/webhook.ts';
import { DeliveryDesk } from '../../../src/main/engine/delivery-desk.ts';
import { Publisher } from '../../../src/main/engine/publisher.ts';
import { openStore } from '../../../src/main/store/open-store.ts';
import { fastClock } from '../../support/real-clock.ts';
import { sampleWrite } from '../../support/sample-passport.ts';

const [path = '', address = '', secret = '', raise] = process.argv.slice(2);
// A minute of the digest is a second here.
const wall = fastClock(60);
const store = openStore(path);
if (raise !== undefined)
  for (const symbol of ['A', 'B', 'C', 'D', 'E', 'F']) {
    const instrument = `NSE:${symbol}` as InstrumentKey;
    store.raise(sampleWrite({ instrument }, { raisedAt: Date.now() as EpochMs }, ['webhook']));
  }
const settings = settingsSchema.parse({ alerts: { digestAbove: 2 } });
const publisher = new Publisher(wall);
const desk = new DeliveryDesk({
  store,
  channels: [createWebhook({ clock: wall, credentials: () => ({ address, secret }) })],
  vault: { write: () => undefined },
  wall,
  publisher,
  world: 'market',
  settings: () => settings,
  ruleNames: () => ({}),
  onTrouble: (error) => void writeSync(2, `${error.message}\n`),
});
publisher.subscribe(() => {
  if (desk.states()[0]?.waiting === 0) writeSync(1, 'idle\n');
});
desk.wake();
// Something to live for while nothing is on its way.
process.stdin.resume();
