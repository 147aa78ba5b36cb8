/** Rung when the computer woke up or its network changed; connections listen. */
export class WakeBell {
  readonly #listeners = new Set<() => void>();

  ring(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** Returns the way to stop listening. */
  listen(callback: () => void): () => void {
    const listener = (): void => callback();
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
