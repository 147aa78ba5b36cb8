/** Hears what goes over the wire, as it is, for a recording. */
export interface WireTap {
  /** A message of a socket, by the name of its connection. */
  message(connection: string, direction: 'in' | 'out', message: Uint8Array | string): void;
  /** An HTTP exchange: the path without its query, and the body of the answer. */
  answer(method: string, path: string, status: number, body: string): void;
}
