import { z } from 'zod';
import type { FyersApi } from './api.ts';
import { unexpectedData } from './errors.ts';

const statusSchema = z.object({
  exchange: z.number(),
  segment: z.number(),
  market_type: z.string(),
  status: z.string(),
});

/** What a market does now, in Fyers' words: `OPEN`, `CLOSED`, `PREOPEN`, … */
export interface MarketStatus {
  /** 10 is NSE, 11 MCX, 12 BSE. */
  readonly exchange: number;
  /** 10 is cash, 11 derivatives of shares, 12 currencies, 20 commodities. */
  readonly segment: number;
  /** `NORMAL` is the market everybody means. */
  readonly marketType: string;
  readonly status: string;
}

/** All markets from `GET /data/marketStatus`; entries that make no sense are left out. Throws AppError. */
export async function fetchMarketStatus(
  api: Pick<FyersApi, 'get'>,
  stop: AbortSignal,
  attempts?: number,
): Promise<readonly MarketStatus[]> {
  const { body } = await api.get('/data/marketStatus', stop, attempts);
  const { marketStatus } = body;
  if (!Array.isArray(marketStatus)) throw unexpectedData('the state of the markets');
  return marketStatus.flatMap((entry: unknown) => {
    const checked = statusSchema.safeParse(entry);
    if (!checked.success) return [];
    const { exchange, segment, market_type: marketType, status } = checked.data;
    return [{ exchange, segment, marketType, status }];
  });
}

/** Whether NSE's shares trade now; undefined where Fyers does not say. */
export function isNseOpen(markets: readonly MarketStatus[]): boolean | undefined {
  const nse = markets.find(
    ({ exchange, segment, marketType }) => exchange === 10 && segment === 10 && marketType === 'NORMAL',
  );
  return nse && nse.status === 'OPEN';
}
