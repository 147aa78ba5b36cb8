/** What stands where a secret stood. */
export const HIDDEN = '•••';

/** Shorter texts occur everywhere; hiding them would blot out half the log. Key names still cover them. */
const SHORTEST = 4;

/** Keys, letters only, whose values are nobody's business. */
const SECRET_KEY =
  /token|secret|passw|passphrase|totp|^otp$|twofavalue|authori[sz]ation|authcode|(api|access|request|hsm|launch|private)key|appidhash|checksum|signature|cookie|credential|^jwt$/;
/** "pin" as a word of its own: not in "spinning" or "pinned". */
const PIN_KEY = /(^|[^a-z])m?pin$/i;
const CAMEL_PIN_KEY = /[a-z]M?P(in|IN)$/;
/** A venue's number for an instrument is no secret, whatever the venue calls it. */
const PUBLIC_KEY = /^(instrument|exchange)tokens?$/;

/** `access_token=…`, `"api_key": "…"`, `Authorization: token key:token`: secrets in the middle of a text. */
const NAMED_SECRET =
  /\b([\w-]{0,40}(?:token|secret|password|passwd|totp|twofa_value|auth[_-]?code|(?:api|access|request|hsm)[_-]?key|appidhash|checksum|signature|cookie|pin|jwt)|otp)(\\?["']?\s*[=:]\s*\\?["']?)([^\s"'&,;}\\]+)/gi;
const AUTHORIZATION = /(authorization\\?["']?\s*[=:]\s*\\?["']?)([^"'\r\n\\]+)/gi;
/** A signed token (JWT), and a token of T-Invest: known by their looks, wherever they stand. */
const JWT = /\beyJ[\w-]{10,}\.[\w-]{2,}(?:\.[\w-]*)?/g;
const T_TOKEN = /\bt\.[\w-]{20,}/g;

export interface Redactor {
  /** From now on `value` is replaced wherever it turns up. */
  hide(value: string): void;
  /** `text` without hidden values, and without what is named or looks like a secret. */
  text(text: string): string;
}

/** Knows no value at first; whoever learns a secret says so with `hide`. */
export function createRedactor(): Redactor {
  const hidden = new Set<string>();
  let longestFirst: readonly string[] = [];
  return {
    hide(value) {
      if (value.length < SHORTEST) return;
      for (const form of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) hidden.add(form);
      // A value may contain another; the longer one goes first, so that no tail of it stays.
      longestFirst = [...hidden].sort((a, b) => b.length - a.length);
    },
    text(text) {
      const byName = text.replace(AUTHORIZATION, `$1${HIDDEN}`).replace(NAMED_SECRET, replaceNamed);
      const byValue = longestFirst.reduce((left, value) => left.replaceAll(value, HIDDEN), byName);
      return byValue.replace(JWT, HIDDEN).replace(T_TOKEN, HIDDEN);
    },
  };
}

/** Whether the value under this key is a secret, by the key's name alone. */
export function isSecretKey(key: string): boolean {
  if (PIN_KEY.test(key) || CAMEL_PIN_KEY.test(key)) return true;
  const letters = key.toLowerCase().replaceAll(/[^a-z]/g, '');
  return SECRET_KEY.test(letters) && !PUBLIC_KEY.test(letters);
}

function replaceNamed(whole: string, name: string, between: string): string {
  return isSecretKey(name) ? `${name}${between}${HIDDEN}` : whole;
}
