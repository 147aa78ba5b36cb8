import type { Database } from 'better-sqlite3';
import type { EvidenceContent } from '../../core/passport.ts';
import type { EvidenceStore } from '../engine/alert-store-port.ts';
import { alertOf, BEFORE_FIRST, type EvidenceRepository, type EvidenceRow, hashOfLink } from './evidence-repository.ts';

/** Rows in memory at a time. */
const ROWS = 500;

/**
 * Walks the chain of evidence from its first link: `EvidenceStore.brokenLink`. Looks at every link's number, what it
 * follows, its hash and what its columns say; and that none was taken from the end.
 */
export function createChainWalk(db: Database, evidence: EvidenceRepository): EvidenceStore['brokenLink'] {
  // Of one moment: without that, links written meanwhile would look like missing ones.
  return db.transaction(() => {
    let [seq, previous] = [0, BEFORE_FIRST];
    for (let rows = evidence.rowsAfter(0, ROWS); rows.length > 0; rows = evidence.rowsAfter(seq, ROWS)) {
      for (const row of rows) {
        if (row.seq !== seq + 1) return { seq: seq + 1, reason: `Link ${seq + 1} of the chain is missing.` };
        const reason = faultOf(row, previous);
        if (reason !== undefined) return { seq: row.seq, reason };
        [seq, previous] = [row.seq, row.hash];
      }
    }
    const last = evidence.lastSeq();
    if (last === seq) return undefined;
    return { seq: seq + 1, reason: `The end of the chain is missing: it had ${last} links and has ${seq}.` };
  });
}

function faultOf(row: EvidenceRow, previous: string): string | undefined {
  const { seq, content, hash } = row;
  if (row.previous !== previous) return `Link ${seq} does not follow the link before it: one was changed or put in.`;
  if (hashOfLink(previous, content) !== hash) return `Link ${seq} was changed: its hash is not that of its content.`;
  if (!isFiledRight(row)) return `Link ${seq} is filed under another alert than its content names.`;
  return undefined;
}

function isFiledRight({ content, kind, alert }: EvidenceRow): boolean {
  // Most links, without reading the whole of them: keys are sorted, so the name of an alert comes first.
  if (kind === 'alert' && content.startsWith(`{"kind":"alert","passport":{"alert":${JSON.stringify(alert)},`))
    return true;
  try {
    // Only names are read of it, and what is none is no name.
    const said = JSON.parse(content) as EvidenceContent;
    return said.kind === kind && alertOf(said) === alert;
  } catch {
    // No version of ours wrote it, though its hash be right.
    return false;
  }
}
