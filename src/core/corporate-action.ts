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
  /**
   * Of a demerger: the part of the cost that stays with this share, as the company told its shareholders. Some
   * venues adjust by it (`asTraded`), though the market prices the parts otherwise.
   */
  readonly costShare?: number | undefined;
  readonly note: string;
}

/**
 * What has happened to the instrument by `today`, the market's date. A replayed market of 2016 knows nothing of a
 * split of 2024: without the date its bars would be in shares that are not traded yet.
 */
export function actionsInForce(
  actions: readonly CorporateAction[],
  instrument: InstrumentKey,
  today: TradingDate,
): readonly CorporateAction[] {
  return actions.filter((action) => action.instrument === instrument && action.exDate <= today);
}

/** A share that trades under another symbol since `firstSession`. */
export interface SymbolRename {
  readonly from: InstrumentKey;
  readonly to: InstrumentKey;
  readonly firstSession: TradingDate;
}
