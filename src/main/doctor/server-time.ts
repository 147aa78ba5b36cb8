import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { rootCertificates } from 'node:tls';

/**
 * The `Date` header of a server's answer, whatever else it says (RFC 9110, 6.6.1: whole seconds); undefined where it
 * sends none. Rejects as Node does when there is no answer, and with `stop`'s reason when that aborts.
 */
export function askServerTime(url: URL, ca: string | undefined, stop: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    if (stop.aborted) return reject(stop.reason);
    const trust = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
    const send = url.protocol === 'https:' ? secureRequest : plainRequest;
    // The address is only asked for its time: path and query stay at home.
    const asking = send(url.origin, { method: 'HEAD', agent: false, signal: stop, ...trust }, (answer) => {
      const time = Date.parse(answer.headers.date ?? '');
      answer.destroy();
      resolve(Number.isNaN(time) ? undefined : time);
    });
    asking.on('error', (error) => reject(stop.aborted ? stop.reason : error));
    asking.end();
  });
}
