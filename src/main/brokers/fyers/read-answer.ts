import type { AnswerTo, HsmEvent } from './events.ts';
import { type Layouts, readMapping } from './mapping.ts';
import { ANSWER_OK, FRAME_TYPE } from './wire.ts';

const text = new TextDecoder();

const ANSWERS: Readonly<Record<number, AnswerTo>> = {
  [FRAME_TYPE.subscribe]: 'subscribe',
  [FRAME_TYPE.unsubscribe]: 'unsubscribe',
  [FRAME_TYPE.pause]: 'pause',
  [FRAME_TYPE.resume]: 'resume',
  [FRAME_TYPE.snapshot]: 'snapshot',
  [FRAME_TYPE.optionChain]: 'option-chain',
  [FRAME_TYPE.mode]: 'mode',
};

/** A frame that is no data frame: the event, and what a login changes for the frames after it. */
export interface Answer {
  readonly event: HsmEvent;
  readonly layouts?: Layouts | undefined;
}

/** Reads a frame whose third byte is `type`, and not that of data. */
export function readAnswer(type: number, frame: Uint8Array): Answer {
  const to = ANSWERS[type];
  if (type !== FRAME_TYPE.login && to === undefined) return { event: { type: 'unknown', frameType: type } };
  const fields = readFields(frame);
  const status = fields?.[0];
  if (fields === undefined || status === undefined || status.length === 0)
    return { event: { type: 'reject', reject: 'truncated', detail: `an answer of type ${type}` } };
  const ok = status[0] === ANSWER_OK;
  if (to !== undefined) return { event: { type: 'answer', to, ok } };

  const [, interval, mapping] = fields;
  if (interval !== undefined && interval.length !== 4)
    return { event: { type: 'reject', reject: 'bad-login-answer', detail: `interval of ${interval.length} bytes` } };
  const layouts = mapping && readMapping(text.decode(mapping));
  return {
    event: { type: 'login', ok, acknowledgeEvery: uint32(interval), mapping: layouts !== undefined },
    layouts,
  };
}

/** Number of fields, then id, length and bytes of each. Undefined when the frame ends before they do. */
function readFields(frame: Uint8Array): readonly Uint8Array[] | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.byteLength < 4) return undefined;
  const fields: Uint8Array[] = [];
  let at = 4;
  for (let left = view.getUint8(3); left > 0; left -= 1) {
    if (at + 3 > view.byteLength) return undefined;
    const start = at + 3;
    const end = start + view.getUint16(at + 1);
    if (end > view.byteLength) return undefined;
    fields.push(frame.subarray(start, end));
    at = end;
  }
  return fields;
}

function uint32(bytes: Uint8Array | undefined): number {
  return bytes === undefined ? 0 : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
}
