/** Copies the store named first into the file named second, and says how that went. */
import { writeSync } from 'node:fs';
import { AppError } from '../../../src/core/errors.ts';
import { openReader } from '../../../src/main/store/open-reader.ts';

const [path = '', copy = ''] = process.argv.slice(2);
const reader = openReader(path);
const outcome = await reader.backUp(copy).catch((thrown: unknown) => {
  const error = AppError.from(thrown);
  return `${error.code}: ${error.message}`;
});
reader.close();
writeSync(1, `${outcome}\n`);
