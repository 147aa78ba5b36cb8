/** Frames as the server sends them, by hand from docs/wire-formats/fcs.md. */
export const WELCOME = '{"type":"welcome"}';

export const pricesFrame = (symbol: string, timeframe: string, prices: object): string =>
  JSON.stringify({ type: 'price', symbol, timeframe, prices });

/** The documented sample of Bitcoin's day. */
export const BTC_DAY = { t: 1_766_361_600, o: 88_658.87, h: 90_588.23, l: 87_900, c: 89_962.61 };
export const BTC_INITIAL = pricesFrame('BINANCE:BTCUSDT', '1D', { mode: 'initial', ...BTC_DAY, v: 0.247 });
export const BTC_CANDLE = pricesFrame('BINANCE:BTCUSDT', '1D', {
  mode: 'candle',
  ...BTC_DAY,
  v: 8_192.7,
  a: 89_962.62,
  b: 89_962.61,
});
export const BTC_ASKBID = pricesFrame('BINANCE:BTCUSDT', '1D', {
  mode: 'askbid',
  update: 1_766_411_426,
  c: 89_962.61,
  a: 89_962.62,
  b: 89_962.61,
  t: 1_766_361_600,
});
export const BTC_PROFILE = pricesFrame('BINANCE:BTCUSDT', '1D', {
  mode: 'profile',
  profile: {
    current_session: 'market',
    timezone: 'Etc/UTC',
    pro_name: 'BINANCE:BTCUSDT',
    update_mode: 'streaming',
  },
});
export const BTC_JOINED = JSON.stringify({
  type: 'message',
  success: true,
  message: 'Successfully joined room: BINANCE:BTCUSDT_1D_0s',
  room: 'BINANCE:BTCUSDT_1D_0s',
  symbol: 'BTCUSDT',
  timeframe: '1D',
  short: 'joined_room',
});

/** Three frames around the end of a minute: a candle, a last price beside an ask and bid, and the next minute. */
export const EURUSD_ROLL: readonly string[] = [
  { mode: 'candle', t: 1_766_412_000, o: 1.17451, h: 1.17463, l: 1.17449, c: 1.1746, v: 118, a: 1.17462, b: 1.17459 },
  { mode: 'askbid', update: 1_766_412_044, c: 1.17468, a: 1.1747, b: 1.17467, t: 1_766_412_000 },
  { mode: 'candle', t: 1_766_412_060, o: 1.17468, h: 1.17468, l: 1.17466, c: 1.17466, v: 2, a: 1.17468, b: 1.17465 },
].map((prices) => pricesFrame('FX:EURUSD', '1', prices));

export const AAPL_CANDLE = pricesFrame('NASDAQ:AAPL', '5', {
  mode: 'candle',
  t: 1_766_415_600,
  o: 272.1,
  h: 272.55,
  l: 271.98,
  c: 272.4,
  v: 154_320,
  a: 272.42,
  b: 272.39,
});
