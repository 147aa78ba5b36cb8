const OFFLINE = 'The server was not found. Is the computer online?';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The server refused the connection.',
  ECONNRESET: 'The connection was cut.',
  EPIPE: 'The connection was cut.',
  ERR_STREAM_PREMATURE_CLOSE: 'The connection was cut.',
  ENOTFOUND: OFFLINE,
  EAI_AGAIN: OFFLINE,
  ENETUNREACH: 'The network cannot be reached. Is the computer online?',
  EHOSTUNREACH: 'The server cannot be reached. Is the computer online?',
  ETIMEDOUT: 'The server did not answer.',
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'The server sent a message larger than any it should.',
  WS_ERR_INVALID_UTF8: 'The server sent a text that is none.',
};

/** What to do about a certificate that was not accepted, by OpenSSL's code. */
const UNKNOWN_ISSUER =
  'comes from an authority that this computer does not know. If the broker has a setting for a certificate file (CA), choose that file there; otherwise something in this network reads along: try another network.';
const WRONG_TIME = 'is not valid at the time this computer shows. Check its date and time.';
const WRONG_NAME =
  'belongs to another server. A sign-in page of this network may be in the way; otherwise check the address of the server.';
const CERTIFICATES: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: UNKNOWN_ISSUER,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT: UNKNOWN_ISSUER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNKNOWN_ISSUER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNKNOWN_ISSUER,
  CERT_UNTRUSTED: UNKNOWN_ISSUER,
  CERT_HAS_EXPIRED: WRONG_TIME,
  CERT_NOT_YET_VALID: WRONG_TIME,
  ERR_TLS_CERT_ALTNAME_INVALID: WRONG_NAME,
  HOSTNAME_MISMATCH: WRONG_NAME,
};

/** Node's code of a failure, such as `ECONNRESET`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** A failure in words. Unknown ones show their code only, as a message may quote the address. */
export function wordsFor(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return 'The connection failed.';
  return certificateWords(code) ?? WORDS[code] ?? `The connection failed (${code}).`;
}

/** What to do about a server whose certificate was not accepted; undefined for any other failure. */
export function certificateWords(code: string | undefined, whose = 'the server'): string | undefined {
  const advice = code === undefined ? undefined : CERTIFICATES[code];
  return advice === undefined ? undefined : `The certificate of ${whose} ${advice} (${code})`;
}
