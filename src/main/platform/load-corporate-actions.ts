import { join } from 'node:path';
import { z } from 'zod';
import type { CorporateAction } from '../../core/corporate-action.ts';
import type { AppError } from '../../core/errors.ts';
import { dateField, keyField } from './data-fields.ts';
import { readDataFile } from './read-data-file.ts';
import { readUserFile } from './read-user-file.ts';

const actionSchema = z
  .object({
    instrument: keyField,
    exDate: dateField,
    kind: z.enum(['split', 'bonus', 'demerger']),
    factor: z.number().min(0.001).max(1_000),
    costShare: z.number().positive().max(1).optional(),
    note: z.string().default(''),
  })
  .refine(({ kind, costShare }) => costShare === undefined || kind === 'demerger', {
    message: 'belongs to a demerger',
    path: ['costShare'],
  });

const fileSchema = z.object({
  actions: z.array(actionSchema).refine((list) => new Set(list.map(identity)).size === list.length, {
    message: 'tells an action twice',
  }),
});

/**
 * Splits, bonuses and demergers from `corporate-actions/nse.json`, with those of a person's own file
 * (`corporate-actions.json` in the data folder, the same fields) added. One of the same instrument, ex-date and kind
 * takes the place of ours; with the factor 1 it takes ours away. A file that cannot be used is ignored and told.
 *
 * Throws an AppError naming file and field when the shipped file is broken.
 */
export function loadCorporateActions(
  resourcesDir: string,
  userFile: string,
  onTrouble: (error: AppError) => void,
): readonly CorporateAction[] {
  const shipped = readDataFile(join(resourcesDir, 'corporate-actions', 'nse.json'), fileSchema).actions;
  const own = readUserFile(userFile, fileSchema, onTrouble)?.actions ?? [];
  const byIdentity = new Map<string, CorporateAction>();
  for (const action of [...shipped, ...own]) byIdentity.set(identity(action), action);
  return [...byIdentity.values()]
    .filter(({ factor }) => factor !== 1)
    .sort((a, b) => a.exDate.localeCompare(b.exDate) || a.instrument.localeCompare(b.instrument));
}

function identity({ instrument, exDate, kind }: Pick<CorporateAction, 'instrument' | 'exDate' | 'kind'>): string {
  return `${instrument} ${exDate} ${kind}`;
}
