import type { Database } from 'better-sqlite3';
import type { EvidenceContent } from '../../core/passport.ts';
import type { EvidenceStore } from '../engine/alert-store-port.ts';
import { alertOf, BEFORE_FIRST, type EvidenceRepository, type EvidenceRow, hashOfLink } from './evidence-repository.ts';

/** Rows in memory at a time. */
const ROWS = 500;

/**
 * Walks the chain of evidence from its first link: `EvidenceStore.brokenLink`. Looks at every link's number, what it
 * follows, its hash and what its columns say; that none was taken from the end; and that no alert of the chain was
 * taken from the alerts. Whether an alert's row says what its passport does is not looked at.
 */
export function createChainWalk(db: Database, evidence: EvidenceRepository): EvidenceStore['brokenLink'] {
  const orphan = db
    .prepare<[], number>(`
      SELECT min(seq) FROM evidence
      WHERE kind = 'alert' AND NOT EXISTS (SELECT 1 FROM alert WHERE link = evidence.seq)
    `)
    .pluck();
  // Of one moment: without that, links written meanwhile would look like missing ones.
  return db.transaction(() => {
    let [seq, previous] = [0, BEFORE_FIRST];
    for (let rows = evidence.rowsAfter(0, ROWS); rows.length > 0; rows = evidence.rowsAfter(seq, ROWS)) {
      for (const row of rows) {
        if (row.seq !== seq + 1) return { seq: seq + 1, reason: `Link ${seq + 1} of the chain is missing.` };
        const fault = faultOf(row, previous);
        if (fault !== undefined) return { seq: row.seq, reason: fault };
        [seq, previous] = [row.seq, row.hash];
      }
    }
    const last = evidence.lastSeq();
    if (last > seq)
      return { seq: seq + 1, reason: `The end of the chain is missing: it had ${last} links and has ${seq}.` };
    const lost = orphan.get() ?? undefined;
    return lost === undefined
      ? undefined
      : { seq: lost, reason: `The alert of link ${lost} was deleted from the list of alerts.` };
  });
}

function faultOf(row: EvidenceRow, previous: string): string | undefined {
  const { seq, content, hash } = row;
  if (row.previous !== previous) return `Link ${seq} does not follow the link before it: one was changed or put in.`;
  if (hashOfLink(previous, content) !== hash) return `Link ${seq} was changed: its hash is not that of its content.`;
  const said = parsed(content);
  if (said === undefined || said.kind !== row.kind || alertOf(said) !== row.alert)
    return `Link ${seq} is filed under another alert than its content names.`;
  return undefined;
}

/** Undefined for what no version of ours wrote, though its hash be right. */
function parsed(text: string): EvidenceContent | undefined {
  try {
    // Only names are read of it, and what is none is no name.
    const content = JSON.parse(text) as EvidenceContent;
    alertOf(content);
    return content;
  } catch {
    return undefined;
  }
}
