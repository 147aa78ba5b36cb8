import { AppError } from '../../../core/errors.ts';
import { DEMO_KEY } from './wire.ts';

/** What a person entered, checked for shape only. */
export interface FcsCredentials {
  readonly accessKey: string;
  readonly publicKey: string | undefined;
  /** Nobody entered a key: the vendor's public one is used. */
  readonly isDemo: boolean;
}

/** Safe in an address and a form: no spaces, quotes or line breaks that came along when copying. */
const KEY = /^[\w.~+=-]+$/;

/** Throws AppError `invalid-input` for a key that cannot be one. */
export function readCredentials(fields: Readonly<Record<string, string>>): FcsCredentials {
  const read = (name: string, label: string): string | undefined => {
    const value = fields[name]?.trim() ?? '';
    if (value === '') return undefined;
    if (KEY.test(value)) return value;
    throw new AppError('invalid-input', `The ${label} holds characters no ${label} has. Copy it again in Settings.`);
  };
  const accessKey = read('accessKey', 'access key') ?? DEMO_KEY;
  return { accessKey, publicKey: read('publicKey', 'public key'), isDemo: accessKey === DEMO_KEY };
}
