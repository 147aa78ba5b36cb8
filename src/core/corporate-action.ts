import type { InstrumentKey, TradingDate } from './brand.ts';

/**
 * A split, a bonus or a demerger: from `exDate` on, prices are `factor` times what they would have been. Bars are
 * stored as they were traded; the factor stands beside them.
 */
export interface CorporateAction {
  readonly instrument: InstrumentKey;
  /** First session at the new price. */
  readonly exDate: TradingDate;
  readonly kind: 'split' | 'bonus' | 'demerger';
  /** 0.5 for a bonus of one share for one held, 0.1 for a split of one into ten. */
  readonly factor: number;
  readonly note: string;
}

/** A share that trades under another symbol since `firstSession`. */
export interface SymbolRename {
  readonly from: InstrumentKey;
  readonly to: InstrumentKey;
  readonly firstSession: TradingDate;
}
