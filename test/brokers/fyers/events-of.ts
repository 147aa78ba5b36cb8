import type { HsmEvent } from '../../../src/main/brokers/fyers/events.ts';
import { createHsmReader, type HsmReader } from '../../../src/main/brokers/fyers/hsm-reader.ts';
import { recordOf } from '../../../src/main/brokers/fyers/records.ts';
import { ANSWERS, bytesOf } from './worked-examples.ts';

/** A reader whose server wants every second data frame acknowledged, and keeps to the usual order of values. */
export function loggedInReader(): HsmReader {
  const reader = createHsmReader();
  reader.read(bytesOf(ANSWERS.loginEverySecond), () => undefined);
  return reader;
}

/** What a frame tells; topics as they stand when they are told, for they change with the next record. */
export function recordsOf(reader: HsmReader, frame: Uint8Array): readonly Record<string, unknown>[] {
  const records: Record<string, unknown>[] = [];
  reader.read(frame, (event) => {
    const record = recordOf(event, 'full');
    if (record !== undefined) records.push({ ...record });
  });
  return records;
}

export function eventsOf(reader: HsmReader, frame: Uint8Array): readonly HsmEvent[] {
  const events: HsmEvent[] = [];
  reader.read(frame, (event) => events.push(event));
  return events;
}
