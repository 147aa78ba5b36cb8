import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { AppError } from '../../core/errors.ts';

/**
 * Reads a JSON file that ships with the app and checks it against `schema`.
 * Throws an AppError naming the file and, where it can, the field.
 */
export function readDataFile<Value>(path: string, schema: z.ZodType<Value>): Value {
  const checked = schema.safeParse(readJson(path));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw broken(path, `${field}: ${issue?.message ?? 'not as expected'}`, checked.error);
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('not-found', `The file ${path} cannot be read. Put it back, or install Tickscope again.`, {
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw broken(path, 'it is not JSON', cause);
  }
}

function broken(path: string, what: string, cause: unknown): AppError {
  return new AppError(
    'invalid-input',
    `The file ${path} cannot be used (${what}). Correct it, or install Tickscope again.`,
    { cause },
  );
}
