import { isIP } from 'node:net';
import { connect, rootCertificates } from 'node:tls';

/** A server to greet. `ca` is the text of a further authority to trust. */
export interface TlsServer {
  readonly host: string;
  readonly port: number;
  readonly ca: string | undefined;
}

/** What a server showed of itself. */
export interface ServerCertificate {
  /** Node's code of what is wrong with it, such as `CERT_HAS_EXPIRED`; undefined when it is good. */
  readonly fault: string | undefined;
  /** Who signed it, as the certificate says; empty where it does not. */
  readonly issuer: string;
  /** Last moment of its validity, in milliseconds since 1970; undefined where it cannot be read. */
  readonly validUntil: number | undefined;
}

/**
 * Greets a server by TLS and looks at its certificate, good or not; nothing else is sent. Rejects as Node does when no
 * connection comes about, and with `stop`'s reason when that aborts.
 */
export function askCertificate({ host, port, ca }: TlsServer, stop: AbortSignal): Promise<ServerCertificate> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(stop.reason);
    const secure = connect({
      host,
      port,
      // A bare address has no name to ask for.
      ...(isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca: [...rootCertificates, ca] }),
      // What is wrong is to be told, not thrown; nothing is sent over this line.
      rejectUnauthorized: false,
    });
    const end = (settle: () => void): void => {
      stop.removeEventListener('abort', giveUp);
      secure.destroy();
      settle();
    };
    const giveUp = (): void => end(() => reject(stop.reason));
    stop.addEventListener('abort', giveUp, { once: true });
    secure.on('error', (error) => end(() => reject(error)));
    secure.once('secureConnect', () => {
      const { issuer, valid_to: validTo } = secure.getPeerCertificate();
      const until = Date.parse(validTo);
      const fault = secure.authorized ? undefined : codeOf(secure.authorizationError);
      const validUntil = Number.isNaN(until) ? undefined : until;
      end(() => resolve({ fault, issuer: nameOf(issuer), validUntil }));
    });
  });
}

/** Typed as an Error, it is mostly a bare code. */
function codeOf(fault: unknown): string {
  if (typeof fault === 'string') return fault;
  return fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
}

/** A server chooses these names: they are kept short and in one line. */
function nameOf(issuer: unknown): string {
  if (typeof issuer !== 'object' || issuer === null) return '';
  const organisation = 'O' in issuer ? issuer.O : undefined;
  const name = typeof organisation === 'string' ? organisation : 'CN' in issuer ? issuer.CN : undefined;
  return typeof name === 'string' ? name.replaceAll(/[^\p{L}\p{N} .,&'-]/gu, ' ').slice(0, 60) : '';
}
