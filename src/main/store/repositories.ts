import type { Database } from 'better-sqlite3';
import { AlertRepository } from './alert-repository.ts';
import { AuctionRepository } from './auction-repository.ts';
import { CandleRepository } from './candle-repository.ts';
import { CorporateActionRepository } from './corporate-action-repository.ts';
import { CoveredRepository } from './covered-repository.ts';
import { DeliveryRepository } from './delivery-repository.ts';
import { DifferenceRepository } from './difference-repository.ts';
import { DocumentRepository } from './document-repository.ts';
import { EvidenceRepository } from './evidence-repository.ts';
import { InstrumentRepository } from './instrument-repository.ts';
import { OrderBookRepository } from './order-book-repository.ts';
import { OrderRepository } from './order-repository.ts';
import { OutcomeRepository } from './outcome-repository.ts';
import { RevisionRepository } from './revision-repository.ts';
import { SignalRepository } from './signal-repository.ts';
import { TickRepository } from './tick-repository.ts';

/** One for each table. Preparing their statements takes an up-to-date schema, and writes nothing. */
export interface Repositories {
  readonly candles: CandleRepository;
  readonly covered: CoveredRepository;
  readonly revisions: RevisionRepository;
  readonly differences: DifferenceRepository;
  readonly auctions: AuctionRepository;
  readonly books: OrderBookRepository;
  readonly actions: CorporateActionRepository;
  readonly ticks: TickRepository;
  readonly signals: SignalRepository;
  readonly alerts: AlertRepository;
  readonly evidence: EvidenceRepository;
  readonly deliveries: DeliveryRepository;
  readonly instruments: InstrumentRepository;
  readonly documents: DocumentRepository;
  readonly orders: OrderRepository;
  readonly outcomes: OutcomeRepository;
}

export function openRepositories(db: Database): Repositories {
  return {
    candles: new CandleRepository(db),
    covered: new CoveredRepository(db),
    revisions: new RevisionRepository(db),
    differences: new DifferenceRepository(db),
    auctions: new AuctionRepository(db),
    books: new OrderBookRepository(db),
    actions: new CorporateActionRepository(db),
    ticks: new TickRepository(db),
    signals: new SignalRepository(db),
    alerts: new AlertRepository(db),
    evidence: new EvidenceRepository(db),
    deliveries: new DeliveryRepository(db),
    instruments: new InstrumentRepository(db),
    documents: new DocumentRepository(db),
    orders: new OrderRepository(db),
    outcomes: new OutcomeRepository(db),
  };
}
