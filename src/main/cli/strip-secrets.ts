import { isRecord } from '../../core/is-record.ts';
import { createRedactor, HIDDEN } from '../platform/redactor.ts';

/** Takes secrets out of what goes into a file that is shown to others. */
export interface SecretStripper {
  /** From now on these values are secrets, and what can be read out of them is too. */
  learn(credentials: Readonly<Record<string, string>>): void;
  /** The text without secrets; undefined when it cannot be had without them and still be what it was. */
  text(text: string): string | undefined;
  /** Whether the bytes hold no secret in any of its forms. */
  isClean(bytes: Uint8Array): boolean;
}

/** Shorter ones, a PIN above all, occur in prices by chance: they are hidden only where they stand alone. */
const SHORTEST = 6;
/** Parts of a token shorter than this say nothing of their own. */
const SHORTEST_PART = 8;

/** What says who the account is of, by name: letters as in `user_name`, `emailId`, `mobile_number`. */
const PERSONAL =
  /("(?:[\w-]*(?:e_?mail|mobile|phone|passport)[\w-]*|pan|(?:user|client|account|login)_?(?:id|name|shortname|short_name)|fy_id|fyId|ucc|display_name|avatar_url)"\s*:\s*)(?:"(?:[^"\\]|\\.)*"|[\d.eE+-]+)/gi;

export function createSecretStripper(): SecretStripper {
  const redactor = createRedactor();
  const values = new Set<string>();
  const short = new Set<string>();

  const learnValue = (value: string): void => {
    if (value.length < SHORTEST) {
      if (value !== '') short.add(value);
      return;
    }
    for (const form of [value, Buffer.from(value).toString('base64'), Buffer.from(value).toString('base64url')]) {
      values.add(form);
      redactor.hide(form);
    }
  };
  const strip = (text: string): string => {
    let clean = redactor.text(text).replaceAll(PERSONAL, `$1"${HIDDEN}"`);
    for (const value of short)
      clean = clean.replaceAll(JSON.stringify(value), `"${HIDDEN}"`).replaceAll(`=${value}&`, `=${HIDDEN}&`);
    return clean;
  };

  return {
    learn(credentials) {
      for (const value of Object.values(credentials)) {
        learnValue(value.trim());
        for (const part of tokenParts(value)) learnValue(part);
      }
    },
    text(text) {
      const clean = strip(text);
      return clean === text || !isJson(text) || isJson(clean) ? clean : undefined;
    },
    isClean(bytes) {
      const text = Buffer.from(bytes).toString('latin1');
      return [...values].every((value) => !text.includes(Buffer.from(value).toString('latin1')));
    },
  };
}

/** The texts within a JSON Web Token (RFC 7519), which venues ask for by themselves; its parts are secrets too. */
function tokenParts(token: string): readonly string[] {
  // Some venues put the app's name before the token.
  const parts = token.slice(token.indexOf(':') + 1).split('.');
  const [, payload = ''] = parts;
  if (parts.length !== 3) return [];
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const texts = isRecord(value) ? Object.values(value).filter((each) => typeof each === 'string') : [];
    return [...parts, ...texts].filter((part) => part.length >= SHORTEST_PART);
  } catch {
    return parts.filter((part) => part.length >= SHORTEST_PART);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
