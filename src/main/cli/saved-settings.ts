import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, settingsSchema } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';
import { openReader } from '../store/open-reader.ts';

/** The settings saved in a data folder; undefined where there are none, or none that can be read: that is told. */
export function readSavedSettings(dir: string, tell: (sentence: string) => void): Settings | undefined {
  const path = join(dir, 'tickscope.sqlite');
  if (!existsSync(path)) return undefined;
  try {
    const reader = openReader(path);
    try {
      const settings = settingsSchema.safeParse(reader.readDocument('settings') ?? {});
      return settings.success ? settings.data : undefined;
    } finally {
      reader.close();
    }
  } catch (thrown) {
    tell(AppError.from(thrown).message);
    return undefined;
  }
}
