/** A message or part of one that was refused. Counted and shown; the rest of its frame counts. */
export interface PacketReject {
  /** One word for the counter: `bad-price`, `unknown-length`, … */
  readonly reject: string;
  /** For the log: identifiers and numbers, never payloads. */
  readonly detail: string;
}
