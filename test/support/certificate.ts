import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate and the key to it, as a TLS server wants them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateOptions {
  /** Server names; none makes an authority. */
  readonly names?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

/** A certificate authority made on the spot, which computers have no reason to trust. */
export function createAuthority(name = 'Nobody knows us') {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issue = (subject: string, publicKey: KeyObject, { names, from, to }: CertificateOptions): string => {
    // RFC 5280, section 4.1: TBSCertificate, algorithm, signature.
    const about = sequence(
      tagged(0xa0, integer(2)),
      integer(serial++),
      ECDSA_SHA256,
      nameOf(name),
      sequence(time(from ?? '20200101000000Z'), time(to ?? '20990101000000Z')),
      nameOf(subject),
      publicKey.export({ type: 'spki', format: 'der' }),
      tagged(0xa3, sequence(names === undefined ? IS_AUTHORITY : alternativeNames(names))),
    );
    return pem(sequence(about, ECDSA_SHA256, bits(sign('sha256', about, keys.privateKey))));
  };
  let serial = 1;
  return {
    /** In PEM: what to trust. */
    root: issue(name, keys.publicKey, {}),
    /** A certificate for `127.0.0.1`, unless told otherwise. */
    certify(options: CertificateOptions = {}): Certificate {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const cert = issue('server', own.publicKey, { names: ['127.0.0.1'], ...options });
      return { cert, key: own.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}

const tagged = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...length), body]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts);
const integer = (value: number): Buffer => tagged(0x02, Uint8Array.of(value));
const text = (tag: number, value: string): Buffer => tagged(tag, Buffer.from(value, 'latin1'));
const time = (value: string): Buffer => text(0x18, value);
const bits = (value: Uint8Array): Buffer => tagged(0x03, Uint8Array.of(0), value);
const id = (...bytes: readonly number[]): Buffer => tagged(0x06, Uint8Array.from(bytes));

const ECDSA_SHA256 = sequence(id(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const COMMON_NAME = id(0x55, 0x04, 0x03);
/** Basic constraints: an authority. */
const IS_AUTHORITY = sequence(
  id(0x55, 0x1d, 0x13),
  tagged(0x01, Uint8Array.of(0xff)),
  tagged(0x04, sequence(tagged(0x01, Uint8Array.of(0xff)))),
);

function nameOf(name: string): Buffer {
  return sequence(tagged(0x31, sequence(COMMON_NAME, text(0x0c, name))));
}

/** Subject alternative names: an IPv4 address by its four bytes, anything else as a host name. */
function alternativeNames(names: readonly string[]): Buffer {
  const all = names.map((name) =>
    /^[\d.]+$/.test(name) ? tagged(0x87, Uint8Array.from(name.split('.').map(Number))) : text(0x82, name),
  );
  return sequence(id(0x55, 0x1d, 0x11), tagged(0x04, sequence(...all)));
}

function pem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
