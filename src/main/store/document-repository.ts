import type { Database, Statement } from 'better-sqlite3';

/** Small JSON documents by name. Table: migrations/0004-instruments-and-documents.ts. */
export class DocumentRepository {
  readonly #read: Statement<[string], string>;
  readonly #write: Statement<[string, string]>;
  readonly #remove: Statement<[string]>;

  constructor(db: Database) {
    this.#read = db.prepare<[string], string>('SELECT json FROM document WHERE name = ?').pluck();
    this.#write = db.prepare(
      'INSERT INTO document (name, json) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET json = excluded.json',
    );
    this.#remove = db.prepare('DELETE FROM document WHERE name = ?');
  }

  /** Undefined when there is none of that name. */
  read(name: string): unknown {
    const json = this.#read.get(name);
    return json === undefined ? undefined : JSON.parse(json);
  }

  /** Replaces the document; undefined, which JSON cannot say, removes it. */
  write(name: string, value: unknown): void {
    if (value === undefined) this.#remove.run(name);
    else this.#write.run(name, JSON.stringify(value));
  }
}
