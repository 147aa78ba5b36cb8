import type { AlertEvidence } from '../../contract/commands.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Segment } from '../../core/instrument.ts';
import type { EvidenceLink, Proof } from '../../core/passport.ts';
import type { EvidenceStore, ToldAlert } from './alert-store-port.ts';
import type { BarSource } from './archive.ts';
import { proveAlert } from './prove-alert.ts';
import { trustedPassport } from './told-otherwise.ts';

export interface ProofParts {
  /** A store, or what reads one. */
  readonly store: BarSource &
    Pick<EvidenceStore, 'evidence' | 'brokenLink' | 'toldAlert' | 'toldAlerts' | 'lostAlerts'>;
  calendarOf(segment: Segment): Calendar;
  /** Brings what is still waiting in memory to the store. */
  flush(): void;
}

type Break = ReturnType<EvidenceStore['brokenLink']>;

/** Shows why an alert was raised, and computes it again. */
export class ProofDesk {
  readonly #parts: ProofParts;

  constructor(parts: ProofParts) {
    this.#parts = parts;
  }

  /** The link with an alert's passport; undefined for one that has none: a test, or one of an older version. */
  passport(id: string): EvidenceLink | undefined {
    return this.#parts.store.evidence(id).find(({ content }) => content.kind === 'alert');
  }

  /** The same, with who told of it. */
  evidence(id: string): AlertEvidence | undefined {
    const link = this.passport(id);
    if (link === undefined) return undefined;
    const links = this.#parts.store.evidence(id);
    const deliveries = links.flatMap(({ content }) => {
      if (content.kind !== 'delivery') return [];
      const { channel, outcome, at } = content;
      return [{ channel, outcome, at }];
    });
    return { link, deliveries };
  }

  /** Proves one alert, by the id it has now or had in its passport. */
  prove(id: string): Proof {
    const { store, flush } = this.#parts;
    flush();
    const told = store.toldAlert(id) ?? this.#byPassport(id);
    if (told !== undefined) return this.#prove(told, store.brokenLink());
    if (store.lostAlerts().includes(id)) return deleted(id);
    return { alert: id, kind: 'cannot', reason: 'No alert of that name is stored.' };
  }

  /** Proves every alert that was ever told, in order, and names those that were deleted. The chain is walked once. */
  *proveAll(): Generator<Proof> {
    const { store, flush } = this.#parts;
    flush();
    const broken = store.brokenLink();
    for (const told of store.toldAlerts()) yield this.#prove(told, broken);
    for (const lost of store.lostAlerts()) if (store.toldAlert(lost) === undefined) yield deleted(lost);
  }

  #byPassport(id: string): ToldAlert | undefined {
    const link = this.passport(id)?.seq;
    return link === undefined ? undefined : this.#parts.store.toldAlerts().find((told) => told.link === link);
  }

  #prove(told: ToldAlert, broken: Break): Proof {
    const { store, calendarOf } = this.#parts;
    const { id, signal } = told.alert;
    const links = store.evidence(id);
    if (told.link === undefined && links.every(({ content }) => content.kind !== 'alert')) return this.#bare(id);
    const trusted = trustedPassport(told, links, broken);
    if (trusted.kind === 'tampered') return { alert: id, ...trusted };
    const { passport } = trusted;
    const ground = { store, key: signal.instrument, calendar: calendarOf(passport.segment) };
    return { ...proveAlert(passport, ground), alert: id };
  }

  /** An alert without a passport: of an older version, unless one that was raised before it has a passport. */
  #bare(alert: string): Proof {
    const first = this.#parts.store.toldAlerts().find(({ alert: { id }, link }) => link !== undefined || id === alert);
    if (first?.link === undefined)
      return { alert, kind: 'cannot', reason: 'It was raised by a Tickscope that kept no passports yet.' };
    const reason = 'It has no passport, and alerts before it have one: its passport was taken away, or it was put in.';
    return { alert, kind: 'tampered', reason };
  }
}

function deleted(alert: string): Proof {
  return { alert, kind: 'tampered', reason: 'It is in the chain, and was deleted from the alerts.' };
}
