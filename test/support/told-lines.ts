/** What `replay-and-tell` said that the store holds, gathered over several runs on one store. */
export class ToldLines {
  /** Every bar of a series up to this opening time. */
  readonly bars = new Map<string, number>();
  readonly signals = new Set<string>();
  readonly alerts = new Set<string>();
  /** Identities said to be new more than once, and whatever else went wrong. */
  readonly faults: string[] = [];
  readonly #new = new Set<string>();

  take(line: string): void {
    const [kind = '', rest = ''] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    if (kind === 'bars') this.#takeBars(rest);
    else if (kind === 'signal' || kind === 'alert') this.#takeFact(kind, rest);
    else if (kind === 'trouble') this.faults.push(rest);
  }

  #takeBars(text: string): void {
    for (const [series, time] of Object.entries(JSON.parse(text)))
      this.bars.set(series, Math.max(this.bars.get(series) ?? 0, Number(time)));
  }

  #takeFact(kind: 'signal' | 'alert', text: string): void {
    const at = text.lastIndexOf(' ');
    const id = text.slice(0, at);
    (kind === 'signal' ? this.signals : this.alerts).add(id);
    if (text.slice(at + 1) !== 'true') return;
    const fact = `${kind} ${id}`;
    if (this.#new.has(fact)) this.faults.push(`${fact} was stored as new twice`);
    this.#new.add(fact);
  }
}
