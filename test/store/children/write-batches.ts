/**
 * Writes batches of forty bars and a signal each to the store named on the command line, and says the number
 * of each when it is stored. Ends only when killed, or when the disk refuses: then it says why.
 */
import { writeSync } from 'node:fs';
import { AppError } from '../../../src/core/errors.ts';
import { openStore } from '../../../src/main/store/open-store.ts';
import { sampleAlert } from '../../support/sample-alert.ts';
import { bar, minute } from '../sample-bars.ts';

try {
  const store = openStore(process.argv[2] ?? '');
  for (let batch = 0; ; batch += 1) {
    const candles = Array.from({ length: 40 }, (_, index) => bar(batch * 40 + index, batch + 1));
    store.saveBars({ batches: [{ candles, provenance: 'live' }] });
    store.addSignal({ ...sampleAlert().signal, barTime: minute(batch) }, minute(batch));
    // Straight to the pipe: what was said must not depend on what Node still had in hand.
    writeSync(1, `${batch}\n`);
  }
} catch (thrown) {
  const error = AppError.from(thrown);
  writeSync(1, `${error.code}: ${error.message}\n`);
}
