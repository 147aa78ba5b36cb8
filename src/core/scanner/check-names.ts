import type { CheckFacts } from './check-facts.ts';
import type { Condition, Expression, TextSpan } from './expression.ts';
import { formatScan } from './format.ts';
import { plainName } from './member.ts';
import type { TextWarning } from './problem.ts';
import { nearest } from './suggest.ts';
import { walk } from './walk.ts';

type Places = ReadonlyMap<Expression, TextSpan>;
type Member = Extract<Condition, { kind: 'member' }>;

/** Symbols and sectors that nobody watches. */
export function nameWarnings(condition: Condition, places: Places, facts: CheckFacts): readonly TextWarning[] {
  const warnings: TextWarning[] = [];
  const nodes = [...walk(condition)];
  for (const node of nodes) {
    if (node.kind !== 'member') continue;
    const known = node.of === 'symbol' ? facts.symbols : facts.sectors;
    if (known === undefined) continue;
    const plain = new Set(known.map(plainName));
    const strange = node.names.filter((name) => !plain.has(withoutExchange(node, name)));
    for (const name of strange) {
      const meant = nearest(withoutExchange(node, name), known);
      const place = places.get(node) ?? { start: 0, end: 0 };
      const suggestion = meant === undefined ? null : written(node, name, meant, nodes, places);
      warnings.push({ kind: node.of, ...place, message: messageFor(node, name, meant), suggestion });
    }
  }
  return warnings;
}

function messageFor({ of }: Member, name: string, meant: string | undefined): string {
  const what =
    of === 'symbol' ? `${name} is not among the watched symbols.` : `No watched instrument is of the sector "${name}".`;
  return meant === undefined ? what : `${what} Did you mean ${meant}?`;
}

function withoutExchange({ of }: Member, name: string): string {
  const text = plainName(name);
  return of === 'symbol' ? text.slice(text.indexOf(':') + 1) : text;
}

/** The condition with the name in the other's place; `is not` stands in the same stretch as its `not`. */
function written(member: Member, name: string, meant: string, nodes: readonly Expression[], places: Places): string {
  const mended: Member = { ...member, names: member.names.map((each) => (each === name ? meant : each)) };
  const isDenied = nodes.some(
    (node) => node.kind === 'not' && node.of === member && places.get(node)?.start === places.get(member)?.start,
  );
  return formatScan(isDenied ? { kind: 'not', of: mended } : mended);
}
