import { X509Certificate } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { AppError } from '../../../core/errors.ts';

/**
 * Trust in the usual authorities and in those of `ca` (PEM), for the connections it is given to and no others.
 * Undefined without `ca`: the usual ones then. Throws AppError `invalid-input` for a text that is no certificate.
 */
export function trustIn(ca: readonly string[] | undefined): SecureContext | undefined {
  if (ca === undefined || ca.length === 0) return undefined;
  try {
    // Node itself passes over what it cannot read, without a word.
    for (const pem of ca) new X509Certificate(pem);
    return createSecureContext({ ca: [...rootCertificates, ...ca] });
  } catch (thrown) {
    throw new AppError(
      'invalid-input',
      'The certificate file (CA) of this broker cannot be read. Choose another one, in PEM format, in its settings.',
      { cause: thrown },
    );
  }
}
