import { joinTopics } from './topics.ts';

/** A frame that wants an answer with the same id. */
export interface Request {
  readonly id: string;
  readonly type: 'subscribe' | 'unsubscribe';
  /** Each of one instrument; they go in one frame. */
  readonly topics: readonly string[];
}

/** Without `response: true` nobody answers. Source: docs/wire-formats/kucoin.md, "What we send". */
export function requestFrame({ id, type, topics }: Request): string {
  return JSON.stringify({ id, type, topic: joinTopics(topics), privateChannel: false, response: true });
}

/** The heartbeat. Pings of the WebSocket protocol do not count as a sign of life. */
export function pingFrame(id: string): string {
  return JSON.stringify({ id, type: 'ping' });
}
