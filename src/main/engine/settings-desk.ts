import { explainIssues } from '../../contract/explain-issues.ts';
import { mergeSettings, type Settings, type SettingsPatch, settingsSchema } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';
import { isRecord } from '../../core/is-record.ts';
import type { Store } from './store-port.ts';

const DOCUMENT = 'settings';

/** Settings: one schema with defaults, kept as one document. What a launch overrides is not kept. */
export class SettingsDesk {
  readonly #store: Store;
  #stored: unknown;
  #override: SettingsPatch;
  #current: Settings;

  /**
   * Throws an AppError when `override` (from the command line) makes no valid settings. `onTrouble` hears of stored
   * settings that are of no use.
   */
  constructor(store: Store, override: SettingsPatch = {}, onTrouble: (error: AppError) => void = () => undefined) {
    this.#store = store;
    const stored = settingsSchema.safeParse(store.readDocument(DOCUMENT) ?? {});
    // Settings of another version that no longer fit give way to the defaults, rather than keep the app shut.
    this.#stored = stored.success ? stored.data : settingsSchema.parse({});
    if (!stored.success) {
      const message =
        'The saved settings do not fit this version. The defaults are used; set in Settings what you had.';
      onTrouble(new AppError('invalid-input', message, { cause: stored.error }));
    }
    this.#override = override;
    this.#current = this.#check(this.#stored, override);
  }

  get current(): Settings {
    return this.#current;
  }

  /**
   * Checks the whole, then keeps it. Throws an AppError('invalid-input') that names the field, or what `check` throws:
   * it knows what no schema does.
   */
  update(patch: SettingsPatch, check: (next: Settings) => void = () => undefined): Settings {
    const stored = this.#check(this.#stored, patch);
    // What a person changes by hand is no longer the launch's to say.
    const override = without(this.#override, patch);
    const next = this.#check(stored, override as SettingsPatch);
    check(next);
    this.#current = next;
    this.#store.writeDocument(DOCUMENT, stored);
    this.#stored = stored;
    this.#override = override as SettingsPatch;
    return this.#current;
  }

  #check(base: unknown, patch: SettingsPatch): Settings {
    // The base went through the schema when it was stored or made.
    const parsed = settingsSchema.safeParse(mergeSettings(base as Settings, patch));
    if (parsed.success) return parsed.data;
    throw new AppError('invalid-input', `These settings cannot be used. ${explainIssues(parsed.error)}`);
  }
}

function without(from: unknown, patch: unknown): unknown {
  if (!isRecord(from) || !isRecord(patch)) return from;
  const rest: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(from)) {
    if (!Object.hasOwn(patch, key)) rest[key] = value;
    else if (isRecord(value) && isRecord(patch[key])) rest[key] = without(value, patch[key]);
  }
  return rest;
}
