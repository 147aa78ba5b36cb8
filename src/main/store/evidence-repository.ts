import { hash } from 'node:crypto';
import type { Database, Statement } from 'better-sqlite3';
import type { InstrumentKey } from '../../core/brand.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { SymbolRename } from '../../core/corporate-action.ts';
import type { EvidenceContent, EvidenceLink } from '../../core/passport.ts';

/** A link as its row. Table: migrations/0011-evidence.ts. */
export interface EvidenceRow {
  readonly seq: number;
  readonly alert: string | null;
  readonly kind: string;
  readonly previous: string;
  readonly content: string;
  readonly hash: string;
}

/** What the first link follows. */
export const BEFORE_FIRST = '0'.repeat(64);

/** SHA-256 in hex of the hash before and the content's canonical JSON: `EvidenceLink.hash`. */
export function hashOfLink(previous: string, content: string): string {
  return hash('sha256', `${previous}${content}`);
}

/** The chain of evidence. Rows are added, and never changed or deleted. */
export class EvidenceRepository {
  readonly #insert: Statement<[EvidenceRow]>;
  readonly #last: Statement<[], Pick<EvidenceRow, 'hash'>>;
  readonly #lastSeq: Statement<[], number>;
  readonly #after: Statement<[number, number], EvidenceRow>;
  readonly #ofAlert: Statement<[string], EvidenceRow>;
  readonly #renames: Statement<[number], EvidenceRow>;
  readonly #hasAlerts: Statement<[InstrumentKey]>;
  readonly #nameOf: Statement<[string], string>;
  readonly #lost: Statement<[], string>;

  constructor(db: Database) {
    this.#insert = db.prepare('INSERT INTO evidence VALUES (@seq, @alert, @kind, @previous, @content, @hash)');
    this.#last = db.prepare('SELECT hash FROM evidence ORDER BY seq DESC LIMIT 1');
    this.#lastSeq = db
      .prepare<[], number>(`
        SELECT max(
          ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'evidence'), 0),
          ifnull((SELECT max(seq) FROM evidence), 0),
          ifnull((SELECT max(link) FROM alert WHERE link IS NOT NULL), 0)
        )
      `)
      .pluck();
    this.#after = db.prepare('SELECT * FROM evidence WHERE seq > ? ORDER BY seq LIMIT ?');
    this.#ofAlert = db.prepare('SELECT * FROM evidence WHERE alert = ? ORDER BY seq');
    this.#renames = db.prepare("SELECT * FROM evidence WHERE kind = 'rename' AND seq > ? ORDER BY seq");
    this.#hasAlerts = db.prepare('SELECT 1 FROM alert WHERE instrument = ? AND link IS NOT NULL LIMIT 1');
    this.#nameOf = db
      .prepare<[string], string>('SELECT evidence.alert FROM alert JOIN evidence ON seq = link WHERE alert.id = ?')
      .pluck();
    this.#lost = db
      .prepare<[], string>(`
        SELECT alert FROM evidence
        WHERE kind = 'alert' AND NOT EXISTS (SELECT 1 FROM alert WHERE link = evidence.seq)
        ORDER BY seq
      `)
      .pluck();
  }

  /** Adds a link. Run it inside a transaction. */
  add(said: EvidenceContent): EvidenceLink {
    const content: EvidenceContent = said.kind === 'delivery' ? { ...said, alert: this.#named(said.alert) } : said;
    const text = canonicalJson(content);
    const seq = this.lastSeq() + 1;
    const previous = this.#last.get()?.hash ?? BEFORE_FIRST;
    const link: EvidenceLink = { seq, previous, content, hash: hashOfLink(previous, text) };
    this.#insert.run({ ...link, alert: alertOf(content), kind: content.kind, content: text });
    return link;
  }

  /** Adds a link when one of the chain's alerts goes by `to` now. Run it after they were renamed, in the transaction. */
  renamed(rename: SymbolRename): void {
    const isMeant = this.#hasAlerts.get(rename.to) !== undefined;
    const { from, to, firstSession } = rename;
    if (isMeant) this.add({ kind: 'rename', from, to, firstSession });
  }

  /** Number of the newest link there ever was; 0 before the first. */
  lastSeq(): number {
    return this.#lastSeq.get() ?? 0;
  }

  /** Up to `limit` rows after that number. */
  rowsAfter(seq: number, limit: number): readonly EvidenceRow[] {
    return this.#after.all(seq, limit);
  }

  /** Alerts of the chain that are no longer among the alerts, as their passports name them. */
  lostAlerts(): readonly string[] {
    return this.#lost.all();
  }

  /** The links of an alert, by the id it has now, and the renames of its symbol since; oldest first. */
  of(alert: string): readonly EvidenceLink[] {
    const own = this.#ofAlert.all(this.#named(alert)).flatMap(linkOf);
    const links = [...own, ...this.#renamesSince(own[0])];
    return links.sort((a, b) => a.seq - b.seq);
  }

  #renamesSince(first: EvidenceLink | undefined): readonly EvidenceLink[] {
    if (first?.content.kind !== 'alert') return [];
    let { instrument } = first.content.passport;
    return this.#renames
      .all(first.seq)
      .flatMap(linkOf)
      .filter(({ content }) => {
        if (content.kind !== 'rename' || content.from !== instrument) return false;
        instrument = content.to;
        return true;
      });
  }

  /** As its passport names it; an alert without one as it is called. */
  #named(alert: string): string {
    return this.#nameOf.get(alert) ?? alert;
  }
}

/** What the column `alert` says. */
export function alertOf(content: EvidenceContent): string | null {
  if (content.kind === 'rename') return null;
  return content.kind === 'alert' ? content.passport.alert : content.alert;
}

/** None for a row whose content was made unreadable: the walk along the chain says so. */
function linkOf({ seq, previous, content, hash: sum }: EvidenceRow): readonly EvidenceLink[] {
  try {
    // Written by `add`; whether it was changed since, the hash tells.
    const said = JSON.parse(content) as EvidenceContent;
    alertOf(said);
    return [{ seq, previous, content: said, hash: sum }];
  } catch {
    return [];
  }
}
