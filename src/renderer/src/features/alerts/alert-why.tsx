import type { ReactElement } from 'react';
import type { AlertEvidence } from '../../../../contract/commands.ts';
import type { Alert } from '../../../../core/alert.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { EvidenceLink, Passport } from '../../../../core/passport.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { invoke } from '../../live/engine.ts';
import { openOutcomes } from '../../stores/outcome-desk.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { WaitLine } from '../../ui/wait-line.tsx';
import { useAnswer } from '../scan/use-answer.ts';
import { INPUT_WORDS, whyRows } from './alert-words.ts';
import { PassportView } from './passport-view.tsx';
import { ProofRow } from './proof-row.tsx';
import './passport.css';

interface AlertWhyProps {
  readonly alert: Alert;
  readonly style: PriceStyle;
}

/** Why an alert was raised: its passport, or what the alert itself says where it has none. */
export function AlertWhy({ alert, style }: AlertWhyProps): ReactElement {
  const { id, inputs, signal } = alert;
  const { instrument } = signal;
  const { report, problem, slow } = useAnswer<AlertEvidence | null>(id, () => invoke('alerts.passport', { id }));
  const passport = passportOf(report?.link);
  const words = INPUT_WORDS[inputs];
  return (
    <section className="alert-why" aria-label="Why">
      {passport === undefined ? (
        <PlainWhy alert={alert} style={style} />
      ) : (
        <PassportView passport={passport} deliveries={report?.deliveries ?? []} style={style} />
      )}
      {words === undefined ? null : (
        <p className="passport-note" data-warn>
          {words.means}
        </p>
      )}
      {slow ? <WaitLine>Reading its evidence …</WaitLine> : null}
      {problem === undefined ? null : (
        <p className="passport-note" role="alert">
          {problem}
        </p>
      )}
      {report === null ? (
        <p className="passport-note">
          It has no passport: it was a test, or raised by an older version. It cannot be proved.
        </p>
      ) : null}
      {passport === undefined || !report ? null : <ProofRow id={id} link={report.link} />}
      <button type="button" className="link-button why-outcomes" onClick={() => openOutcomes({ instrument })}>
        Which rules hit {symbolOf(instrument)}?
      </button>
    </section>
  );
}

function passportOf(link: EvidenceLink | undefined): Passport | undefined {
  return link?.content.kind === 'alert' ? link.content.passport : undefined;
}

function PlainWhy({ alert: { signal }, style }: AlertWhyProps): ReactElement {
  const name = useRuleStore((book) => ruleName(book, signal.rule));
  return (
    <dl className="facts">
      {[...whyRows(signal, style), ['Rule', `${name}, on closed bars`] as const].map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
