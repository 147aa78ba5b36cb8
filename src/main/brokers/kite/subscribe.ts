/** The largest request seen from other clients in production; Kite documents no limit for one message. */
const TOKENS_PER_MESSAGE = 200;

/**
 * Text messages to send, in order, to get from what is subscribed to what is wanted.
 * Source: kite.trade/docs/connect/v3/websocket/#request-structure
 */
export function subscriptionMessages(current: ReadonlySet<number>, wanted: ReadonlySet<number>): readonly string[] {
  const added = [...wanted].filter((token) => !current.has(token));
  const dropped = [...current].filter((token) => !wanted.has(token));
  const messages: unknown[] = [];
  for (const tokens of inBatches(dropped)) messages.push({ a: 'unsubscribe', v: tokens });
  // Full mode, because it is the only one that carries the exchange's own time.
  for (const tokens of inBatches(added))
    messages.push({ a: 'subscribe', v: tokens }, { a: 'mode', v: ['full', tokens] });
  return messages.map((message) => JSON.stringify(message));
}

function inBatches(tokens: readonly number[]): readonly (readonly number[])[] {
  const batches: (readonly number[])[] = [];
  for (let from = 0; from < tokens.length; from += TOKENS_PER_MESSAGE)
    batches.push(tokens.slice(from, from + TOKENS_PER_MESSAGE));
  return batches;
}

export interface SocketLimits {
  readonly instrumentsPerSocket: number;
  readonly sockets: number;
}

export interface SocketPlan {
  /** The tokens of each socket; the first exists even when nothing is wanted. */
  readonly sockets: readonly ReadonlySet<number>[];
  /** What no socket has room for. */
  readonly left: readonly number[];
}

/**
 * Divides what is wanted among as few sockets as the venue's limits allow. What a socket carries already stays
 * with it, so a change of the list does not move the rest.
 */
export function planSockets(
  current: readonly ReadonlySet<number>[],
  wanted: ReadonlySet<number>,
  { instrumentsPerSocket, sockets: most }: SocketLimits,
): SocketPlan {
  const sockets = (current.length === 0 ? [new Set<number>()] : current).map(
    (tokens) => new Set([...tokens].filter((token) => wanted.has(token))),
  );
  const placed = new Set(sockets.flatMap((tokens) => [...tokens]));
  const left: number[] = [];
  for (const token of wanted) {
    if (placed.has(token)) continue;
    let socket = sockets.find((tokens) => tokens.size < instrumentsPerSocket);
    if (socket === undefined && sockets.length < most) {
      socket = new Set();
      sockets.push(socket);
    }
    if (socket === undefined) left.push(token);
    else socket.add(token);
  }
  return { sockets, left };
}
