import { AppError } from '../../../core/errors.ts';
import { openSocket, type Socket, type SocketAddress, type SocketListener } from './socket.ts';

/**
 * A socket whose address has to be asked for first, as where each connection needs a token of its own. Until the
 * address is there, what is sent goes nowhere, and `close` and `terminate` call the asking off. A `prepare` that fails
 * ends as `closed` with the AppError and its sentence. Never throws.
 */
export function prepareSocket(
  prepare: (stop: AbortSignal) => Promise<SocketAddress>,
  listener: SocketListener,
): Socket {
  const asking = new AbortController();
  let socket: Socket | undefined;
  let isOver = false;
  const end = (reason: string, error?: AppError): void => {
    if (isOver) return;
    isOver = true;
    listener.closed({ kind: 'lost', reason, ...(error && { error }) });
  };
  const callOff = (): void => {
    asking.abort();
    queueMicrotask(() => end('Stopped.'));
  };

  const ask = async (): Promise<void> => {
    try {
      const address = await prepare(asking.signal);
      if (!asking.signal.aborted) socket = openSocket(address, listener);
    } catch (thrown) {
      const error = AppError.from(thrown);
      end(error.message, error);
    }
  };
  // What `prepare` does before it waits must not reach the listener before its owner has the socket.
  queueMicrotask(() => void ask());

  return {
    send: (message) => socket?.send(message),
    close: () => (socket === undefined ? callOff() : socket.close()),
    terminate: () => (socket === undefined ? callOff() : socket.terminate()),
  };
}
