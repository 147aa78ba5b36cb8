import type { PacketReject } from '../packet-reject.ts';
import type { Topic } from './topic.ts';

/** What the server answered: to which request, by the names the official clients give. */
export type AnswerTo = 'subscribe' | 'unsubscribe' | 'pause' | 'resume' | 'snapshot' | 'option-chain' | 'mode';

/** What one frame of the data socket tells, piece by piece. */
export type HsmEvent =
  /** The login was answered. `acknowledgeEvery` data frames want an acknowledgement; 0 is never. */
  | { readonly type: 'login'; readonly ok: boolean; readonly acknowledgeEvery: number; readonly mapping: boolean }
  | { readonly type: 'answer'; readonly to: AnswerTo; readonly ok: boolean }
  /** A topic stands somewhere new; `isChanged` is false where the record repeated what was known. */
  | {
      readonly type: 'topic';
      readonly how: 'snapshot' | 'update' | 'lite';
      readonly topic: Topic;
      readonly isChanged: boolean;
    }
  /** The server waits for `acknowledgeFrame(message)`. */
  | { readonly type: 'acknowledge'; readonly message: number }
  /** A frame type nobody documented; to be ignored. */
  | { readonly type: 'unknown'; readonly frameType: number }
  | ({ readonly type: 'reject' } & PacketReject);

/** What a request that failed is called in the official clients' messages. */
export const FAILURE_CODE: Readonly<Record<AnswerTo | 'login', number>> = {
  login: 11001,
  subscribe: 11011,
  unsubscribe: 11012,
  snapshot: 11013,
  pause: 11031,
  resume: 11032,
  'option-chain': 11040,
  mode: 12001,
};
