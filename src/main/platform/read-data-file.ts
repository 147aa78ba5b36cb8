import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { AppError } from '../../core/errors.ts';

/**
 * Reads a JSON file that ships with the app and checks it against `schema`.
 * Throws an AppError naming the file and, where it can, the field.
 */
export function readDataFile<Value>(path: string, schema: z.ZodType<Value>): Value {
  return readJsonFile(
    path,
    schema,
    'Correct it, or install Tickscope again.',
    'Put it back, or install Tickscope again.',
  );
}

/** The same of any file; `remedy` says what to do when it is broken, `access` when it cannot be read. */
export function readJsonFile<Value>(path: string, schema: z.ZodType<Value>, remedy: string, access = remedy): Value {
  const broken = (what: string, cause: unknown): AppError =>
    new AppError('invalid-input', `The file ${path} cannot be used (${what}). ${remedy}`, { cause });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AppError('not-found', `The file ${path} cannot be read. ${access}`, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw broken('it is not JSON', cause);
  }
  const checked = schema.safeParse(json);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  throw broken(`${field}: ${issue?.message ?? 'not as expected'}`, checked.error);
}

/** Whether anything lies there, readable or not. */
export function fileExists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // What may not be looked at is there; reading it will say why not.
    return true;
  }
}
