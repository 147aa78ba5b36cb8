import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { AppError } from '../../core/errors.ts';

/**
 * Reads a JSON file that a person may put into the data folder. Undefined when there is none, and when it cannot
 * be used: then `onTrouble` hears a sentence that names the file and, where it can, the field.
 */
export function readUserFile<Value>(
  path: string,
  schema: z.ZodType<Value>,
  onTrouble: (error: AppError) => void,
): Value | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (thrown) {
    if (!isMissing(thrown)) onTrouble(ignored(path, 'it cannot be read', thrown));
    return undefined;
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    onTrouble(ignored(path, 'it is not JSON', cause));
    return undefined;
  }
  const checked = schema.safeParse(content);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? 'the whole' : issue.path.join('.');
  onTrouble(ignored(path, `${field}: ${issue?.message ?? 'not as expected'}`, checked.error));
  return undefined;
}

function isMissing(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
}

function ignored(path: string, what: string, cause: unknown): AppError {
  return new AppError('invalid-input', `The file ${path} is ignored (${what}). Correct it, or delete it.`, { cause });
}
