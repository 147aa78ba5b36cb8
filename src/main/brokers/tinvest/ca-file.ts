import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { EpochMs } from '../../../core/brand.ts';
import { AppError } from '../../../core/errors.ts';
import type { Logger } from '../../engine/ports.ts';

/** A certificate of an authority, as told to a person. */
export interface CaCertificate {
  readonly pem: string;
  /** `CN=…, O=…, C=…` in one line. */
  readonly subject: string;
  readonly validFrom: string;
  readonly validTo: string;
  /** Pairs of hex digits with colons. */
  readonly sha256: string;
}

const LARGEST_BYTES = 1024 * 1024;
const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/**
 * Reads the authorities of a PEM file, and writes to the log what they are. They are to be trusted beside the usual ones,
 * for this venue's connections only.
 *
 * Throws AppError: `not-found` when the file cannot be read, `invalid-input` when it holds no certificate, a broken one,
 * one of a server instead of an authority, or only such as are not valid at `now`.
 */
export async function readCaFile(path: string, now: EpochMs, logger: Logger): Promise<readonly CaCertificate[]> {
  let text: string;
  try {
    const bytes = await readFile(path);
    text = bytes.byteLength > LARGEST_BYTES ? '' : bytes.toString('latin1');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new AppError(
      'not-found',
      `The CA file of T-Invest cannot be read${code}. Check its path in Settings, under Feed.`,
      { cause },
    );
  }
  const certificates = (text.match(BLOCK) ?? []).map((pem) => readCertificate(pem));
  if (certificates.length === 0)
    throw new AppError(
      'invalid-input',
      'The CA file of T-Invest holds no certificate in PEM form. Save the file again in that form, or convert it: its first line is "-----BEGIN CERTIFICATE-----".',
    );
  const valid = certificates.filter((each) => isValidAt(each, now));
  const [first] = certificates;
  if (valid.length === 0)
    throw new AppError(
      'invalid-input',
      `The certificate in the CA file of T-Invest is valid from ${first?.validFrom} to ${first?.validTo}, not now. Download the current one, and check the date of this computer.`,
    );
  for (const { subject, validFrom, validTo, sha256 } of valid)
    logger.info('T-Invest is also trusted through this authority.', { subject, validFrom, validTo, sha256 });
  return valid;
}

function readCertificate(pem: string): CaCertificate {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch (cause) {
    throw new AppError(
      'invalid-input',
      'A certificate in the CA file of T-Invest is damaged. Download the file again.',
      { cause },
    );
  }
  const subject = certificate.subject.replaceAll('\n', ', ');
  if (!certificate.ca)
    throw new AppError(
      'invalid-input',
      `The CA file of T-Invest holds a certificate that is no authority's (${subject}). Choose the file of the root, for example "Russian Trusted Root CA".`,
    );
  const { validFrom, validTo, fingerprint256: sha256 } = certificate;
  return { pem, subject, validFrom, validTo, sha256 };
}

function isValidAt({ validFrom, validTo }: CaCertificate, now: EpochMs): boolean {
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}
