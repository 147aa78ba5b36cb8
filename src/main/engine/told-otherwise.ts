import type { Alert } from '../../core/alert.ts';
import type { EvidenceLink, Passport } from '../../core/passport.ts';
import type { ToldAlert } from './alert-store-port.ts';
import { hashOfVersion } from './rule-version.ts';

/** The passport of an alert, or a sentence about why what is stored of it cannot be trusted. */
export type Trusted =
  | { readonly kind: 'trusted'; readonly passport: Passport }
  | { readonly kind: 'tampered'; readonly reason: string };

/**
 * Whether an alert's row, its link and the chain up to it agree. `links` are the alert's (`EvidenceStore.evidence`),
 * `broken` is where the chain breaks, if it does.
 */
export function trustedPassport(
  { alert, link }: ToldAlert,
  links: readonly EvidenceLink[],
  broken: { readonly seq: number; readonly reason: string } | undefined,
): Trusted {
  const own = links.find(({ content }) => content.kind === 'alert');
  const tampered = (reason: string): Trusted => ({ kind: 'tampered', reason });
  if (broken !== undefined && broken.seq < (own?.seq ?? link ?? 0))
    return tampered(`${broken.reason} Nothing that was told after it can be trusted.`);
  if (broken !== undefined && broken.seq === (own?.seq ?? link)) return tampered(broken.reason);
  if (own?.content.kind !== 'alert') return tampered(`Its link of the chain, number ${link ?? '?'}, is missing.`);
  if (own.seq !== link)
    return tampered(
      `Its row points at ${link === undefined ? 'no link' : `link ${link}`}, and its passport is link ${own.seq}.`,
    );
  const { passport } = own.content;
  const fault = faultOfRow(alert, passport, links);
  if (fault !== undefined) return tampered(fault);
  if (hashOfVersion(passport.rule) !== passport.rule.hash)
    return tampered('The hash of its rule is not that of the text of the rule.');
  return { kind: 'trusted', passport };
}

/** What of a row may never change, against the passport that was written with it. */
function faultOfRow(alert: Alert, passport: Passport, links: readonly EvidenceLink[]): string | undefined {
  const { signal } = alert;
  const instrument = links.reduce(
    (name, { content }) => (content.kind === 'rename' && content.from === name ? content.to : name),
    passport.instrument,
  );
  const rest = passport.alert.slice(passport.instrument.length);
  // Of an alert that both symbols had, the old one's keeps its name.
  const id = alert.id === passport.alert ? passport.alert : `${instrument}${rest}`;
  const values = passport.operands.flatMap(({ text, now }) => (now === null ? [] : [[text, now] as const]));
  const pairs: readonly (readonly [what: string, row: unknown, passport: unknown])[] = [
    ['id', alert.id, id],
    ['instrument', signal.instrument, instrument],
    ['timeframe', signal.timeframe, passport.timeframe],
    ['rule', signal.rule, passport.rule.id],
    ['side', signal.side, passport.side],
    ['bar', signal.barTime, passport.barTime],
    ['price', signal.price, passport.price],
    ['text', alert.text, passport.text],
    ['time', alert.raisedAt, passport.times.stored],
    ['lateness', alert.late, passport.ledger.late],
    ['values', JSON.stringify(signal.values), JSON.stringify(Object.fromEntries(values))],
  ];
  const other = pairs.find(([, row, told]) => row !== told);
  if (other === undefined) return undefined;
  const [what, row, told] = other;
  return `The row of the alert was changed: its ${what} ${what === 'values' ? 'are' : 'is'} ${String(row)}, and its passport says ${String(told)}.`;
}
