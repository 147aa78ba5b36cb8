import { safeStorage } from 'electron';

/** Encryption by the operating system's key store, and what the user should know about it. */
export interface SystemCipher {
  /** Undefined when the system has none: the vault then rests on the mode of its file. */
  readonly cipher: { encrypt(text: string): string; decrypt(text: string): string } | undefined;
  /** A sentence when saved credentials are less safe than one would think. */
  readonly warning: string | undefined;
}

/** To be called once the app is ready. */
export function systemCipher(): SystemCipher {
  if (!safeStorage.isEncryptionAvailable()) {
    const warning =
      'This system offers no key store, so saved credentials are protected by the mode of their file alone (readable by you only).';
    return { cipher: undefined, warning };
  }
  return {
    cipher: {
      encrypt: (text) => safeStorage.encryptString(text).toString('base64'),
      decrypt: (text) => safeStorage.decryptString(Buffer.from(text, 'base64')),
    },
    warning: isPlain() ? PLAIN_WARNING : undefined,
  };
}

const PLAIN_WARNING =
  'No key ring (GNOME Keyring, KWallet) is running, so saved credentials are only disguised, not encrypted. Start one, then save them again.';

/** On Linux without a key ring, Electron "encrypts" with a password that is in its source code. */
function isPlain(): boolean {
  return process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
}
