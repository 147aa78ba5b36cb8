import type { HsmEvent } from './events.ts';
import { type Layouts, STATIC_LAYOUTS } from './mapping.ts';
import { readAnswer } from './read-answer.ts';
import { readRecords, type Topics } from './read-records.ts';
import { FRAME_TYPE } from './wire.ts';

/** Reads the frames of one connection, in order: what a frame means depends on those before it. */
export interface HsmReader {
  /** Tells what a frame brings, piece by piece; a topic told is good until the next frame. Never throws, whatever the bytes. */
  read(message: Uint8Array, tell: (event: HsmEvent) => void): void;
}

/** For a new connection: nothing of the one before holds, its topic numbers least of all. */
export function createHsmReader(): HsmReader {
  const topics: Topics = new Map();
  let layouts: Layouts = STATIC_LAYOUTS;
  let acknowledgeEvery = 0;
  /** Data frames since the last acknowledgement. */
  let unacknowledged = 0;

  const readData = (view: DataView, tell: (event: HsmEvent) => void): void => {
    // The number is there only where frames are to be acknowledged, as the vendor's own library has it.
    const head = acknowledgeEvery > 0 ? 9 : 5;
    if (view.byteLength < head) {
      tell({ type: 'reject', reject: 'truncated', detail: `a data frame of ${view.byteLength} bytes` });
      return;
    }
    readRecords(view, head, view.getUint16(head - 2), topics, layouts, tell);
    if (acknowledgeEvery === 0) return;
    unacknowledged += 1;
    if (unacknowledged < acknowledgeEvery) return;
    unacknowledged = 0;
    tell({ type: 'acknowledge', message: view.getUint32(3) });
  };

  return {
    read(message, tell) {
      const whole = new DataView(message.buffer, message.byteOffset, message.byteLength);
      if (whole.byteLength < 3) {
        tell({ type: 'reject', reject: 'truncated', detail: `a frame of ${whole.byteLength} bytes` });
        return;
      }
      const type = whole.getUint8(2);
      if (type === FRAME_TYPE.data) {
        readData(whole, tell);
        return;
      }
      const { event, layouts: told } = readAnswer(type, message);
      if (event.type === 'login') {
        acknowledgeEvery = event.acknowledgeEvery;
        unacknowledged = 0;
        layouts = told ?? STATIC_LAYOUTS;
      }
      tell(event);
    },
  };
}
