import { canonicalJson } from '../../core/canonical-json.ts';
import { AppError } from '../../core/errors.ts';
import type { EvidenceLink } from '../../core/passport.ts';
import type { Store } from '../engine/store-port.ts';
import { openNewFile } from './new-file.ts';

/** How to check the file without Tickscope; docs/alert-passport.md says more. */
const CHECK = [
  'The hash of each link is SHA-256, in hex, of its "previous" followed by its "text", as UTF-8 without a line break.',
  `With jq, for the first link: jq -j '.links[0] | .previous + .text' FILE | sha256sum`,
  '"text" is canonical JSON (RFC 8785): keys sorted, no blanks; "passport" and "deliveries" are what it says. "previous" is the hash of the link before, 64 zeros for the first.',
] as const;

/** A name for the file of an alert, without its folder and ending. */
export function alertFileName(id: string): string {
  return `alert_${id.replace(/[^A-Za-z0-9.-]+/g, '_')}`;
}

/**
 * Writes an alert with its passport, its deliveries and the links they are in, as one JSON file. Answers its size in
 * bytes. Throws an AppError when no such alert is stored, or the file is there and may not be overwritten.
 */
export async function exportAlert(
  store: Pick<Store, 'evidence' | 'toldAlert'>,
  id: string,
  { path, mayOverwrite = false }: { readonly path: string; readonly mayOverwrite?: boolean },
): Promise<number> {
  const told = store.toldAlert(id);
  if (told === undefined)
    throw new AppError('not-found', `No alert "${id}" is stored. The verb "alerts list" prints those there are.`);
  const links = store.evidence(id);
  const { read: _read, ...alert } = told.alert;
  const text = JSON.stringify(
    {
      format: 'tickscope-alert',
      version: 1,
      alert,
      passport: links.flatMap(({ content }) => (content.kind === 'alert' ? content.passport : [])).at(0) ?? null,
      deliveries: links.flatMap(({ content }) => (content.kind === 'delivery' ? deliveryOf(content) : [])),
      links: links.map(linkOf),
      check: CHECK,
    },
    undefined,
    2,
  );
  const file = await openNewFile(path, mayOverwrite);
  try {
    await file.write(`${text}\n`);
    return await file.keep();
  } catch (thrown) {
    await file.discard();
    throw thrown;
  }
}

function deliveryOf({ channel, outcome, at }: Extract<EvidenceLink['content'], { kind: 'delivery' }>) {
  return { channel, outcome, at };
}

function linkOf({ seq, previous, hash, content }: EvidenceLink) {
  return { seq, previous, hash, text: canonicalJson(content) };
}
