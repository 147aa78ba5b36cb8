import type { EpochMs } from '../../core/brand.ts';
import type { Clock, SecretVault } from '../engine/ports.ts';
import { envCredentials } from './env-credentials.ts';
import { closeToOthers, readVaultFile, type StoredEntry, type StoredField, writeVaultFile } from './vault-file.ts';

/** Turns a secret into text that only this user on this machine can turn back, as Electron's safeStorage does. */
export interface Cipher {
  encrypt(text: string): string;
  decrypt(text: string): string;
}

export interface FileVaultOptions {
  readonly clock: Clock;
  /** Overrides what is in the file, and is never written to it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Without one, the file's mode is all that protects it. */
  readonly cipher?: Cipher;
  /** Learns every secret that passes, for the log to hide. */
  readonly hide: (value: string) => void;
  readonly warn: (message: string) => void;
  /** Hears, at the first saving without a cipher, what protects the file and what does not. */
  readonly tellPlain?: (sentence: string) => void;
}

/**
 * Credentials in one small JSON file of mode 0600. It is read anew each time, so that what the other door saved
 * is seen and kept. What is saved while the program runs is newer than its environment, and counts from then on.
 * Throws an AppError when the file is damaged or cannot be written.
 */
export function createFileVault(path: string, options: FileVaultOptions): SecretVault {
  const { clock, env, cipher, hide, warn } = options;

  const load = (): Map<string, StoredEntry> => {
    if (closeToOthers(path))
      warn(`Others could read the credentials in ${path}; that is closed now. Renew them if you share this machine.`);
    return new Map(readVaultFile(path));
  };
  const open = (stored: StoredField): string | undefined => {
    if (typeof stored === 'string') return stored;
    try {
      return cipher?.decrypt(stored.sealed);
    } catch {
      return undefined;
    }
  };
  const seal = (value: string): StoredField => (cipher === undefined ? value : { sealed: cipher.encrypt(value) });
  const resealed = ([name, stored]: readonly [string, StoredField]): [string, StoredField] => {
    const value = open(stored);
    return [name, value === undefined ? stored : seal(value)];
  };
  /** Fields that were saved since the start, by broker. */
  const saved = new Map<string, Set<string>>();
  let isPlainTold = false;
  const told = new Set<string>();
  const warnSealed = (broker: string, name: string): void => {
    if (told.has(`${broker} ${name}`)) return;
    told.add(`${broker} ${name}`);
    warn(`The saved ${name} of ${broker} was sealed by the desktop app and cannot be read here. Enter it again.`);
  };

  load();
  return {
    read(broker) {
      const fields = new Map<string, string>();
      for (const [name, stored] of Object.entries(load().get(broker)?.fields ?? {})) {
        const value = open(stored);
        if (value === undefined) warnSealed(broker, name);
        else fields.set(name, value);
      }
      for (const [name, value] of Object.entries(envCredentials(broker, env))) {
        if (saved.get(broker)?.has(name) === true) hide(value);
        else fields.set(name, value);
      }
      for (const value of fields.values()) hide(value);
      return Object.fromEntries(fields);
    },

    write(broker, changes) {
      const entries = load();
      // What this door cannot open it passes on as it is.
      const fields = new Map(Object.entries(entries.get(broker)?.fields ?? {}).map(resealed));
      for (const [name, value] of Object.entries(changes)) {
        hide(value);
        if (value === '') fields.delete(name);
        else fields.set(name, seal(value));
      }
      if (fields.size === 0) entries.delete(broker);
      else entries.set(broker, { savedAt: clock.now(), fields: Object.fromEntries(fields) });
      writeVaultFile(path, entries);
      saved.set(broker, new Set([...(saved.get(broker) ?? []), ...Object.keys(changes)]));
      if (cipher === undefined && fields.size > 0 && !isPlainTold) {
        isPlainTold = true;
        options.tellPlain?.(plainWarning(path));
      }
    },

    savedAt: (broker) => load().get(broker)?.savedAt as EpochMs | undefined,
  };
}

function plainWarning(path: string): string {
  return `Credentials are kept in ${path} as plain text. The mode of the file (0600) keeps other users of this computer out, but not programs that run as you, nor whoever gets hold of the disk or a backup.`;
}
