/**
 * Raises alerts in the store named on the command line, settles what every second one owes, and says the number of
 * each when it is stored. Ends only when killed.
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../../src/main/store/open-store.ts';
import { sampleWrite } from '../../support/sample-passport.ts';
import { minute } from '../sample-bars.ts';

const store = openStore(process.argv[2] ?? '');
for (let index = Number(process.argv[3] ?? 0); ; index += 1) {
  const write = sampleWrite({ barTime: minute(index) }, { raisedAt: minute(index) }, ['desktop', 'webhook']);
  store.raise(write);
  writeSync(1, `${index}\n`);
  if (index % 2 === 0) store.settle('webhook', [write.alert.id], 'told', minute(index));
}
