import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { explainIssues } from '../../src/contract/explain-issues.ts';
import { settingsSchema } from '../../src/contract/settings.ts';

function complaint(schema: z.ZodType, input: unknown): string {
  const { error } = schema.safeParse(input);
  if (error === undefined) throw new Error('Nobody minded.');
  return explainIssues(error);
}

describe('what is wrong with an input', () => {
  it('is said in a sentence a field, in one line', () => {
    const said = complaint(settingsSchema, { feed: { pollSeconds: 4, mode: 'x' } });
    expect(said).toMatch(/^feed\.mode: .*"streaming".*\. feed\.pollSeconds: .*5\.$/);
    expect(said).not.toMatch(/[\n✖→]/u);
  });

  it('keeps the words of our own rules, and their one full stop', () => {
    expect(complaint(settingsSchema, { rule: { fast: 21, slow: 9 } })).toBe(
      'rule.fast: The fast EMA must be shorter than the slow one, for example 9 and 21.',
    );
  });

  it('names no field where the whole is wrong', () => {
    expect(complaint(z.null(), 1)).toMatch(/^Invalid input: .*\.$/);
  });
});
