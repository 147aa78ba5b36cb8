import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PrivateRoot {
  /** Path of the root's PEM file. */
  readonly caFile: string;
  readonly key: string;
  readonly cert: string;
}

/** Whether `openssl` is there to make certificates with. */
export const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A root of our own and a certificate of 127.0.0.1 that chains to it, made anew in `folder`. */
export function makePrivateRoot(folder: string, name = 'Test Root CA'): PrivateRoot {
  const at = (file: string): string => join(folder, file);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', [...args], { stdio: 'ignore' });
  };
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const caFile = at('root.pem');
  openssl(
    ...['req', '-x509', ...fresh, '-keyout', at('root.key'), '-out', caFile, '-days', '30'],
    ...['-subj', `/C=XX/O=Test/CN=${name}`],
  );
  openssl('req', ...fresh, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=127.0.0.1');
  writeFileSync(at('server.ext'), 'subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n');
  openssl(
    ...['x509', '-req', '-in', at('server.csr'), '-CA', caFile, '-CAkey', at('root.key'), '-CAcreateserial'],
    ...['-out', at('server.pem'), '-days', '30', '-extfile', at('server.ext')],
  );
  const read = (file: string): string => readFileSync(at(file), 'utf8');
  return { caFile, key: read('server.key'), cert: read('server.pem') };
}
