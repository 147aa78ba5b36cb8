import type { BrokerState, Snapshot } from '../../src/contract/events.ts';
import type { Settings } from '../../src/contract/settings.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { Quote } from '../../src/core/quote.ts';

/** 10:47:12 in India on Friday, 20 November 2026. */
export const FAKE_NOW = Date.parse('2026-11-20T10:47:12+05:30') as EpochMs;

const SYMBOLS =
  'RELIANCE ADANIENT ADANIPORTS APOLLOHOSP ASIANPAINT AXISBANK BAJAJ-AUTO BAJFINANCE BHARTIARTL CIPLA COALINDIA DRREDDY EICHERMOT GRASIM HCLTECH HDFCBANK HINDALCO ICICIBANK INFY ITC JIOFIN KOTAKBANK LT M&M MARUTI NESTLEIND NTPC ONGC POWERGRID SBIN'.split(
    ' ',
  );

/** What a screen is told first: a market of thirty stocks in the middle of a morning. */
export function firstSnapshot(settings: Settings, random: () => number): Snapshot {
  const index: Instrument = instrumentOf('NIFTY 50', 'nse-index');
  const instruments = [index, ...SYMBOLS.map((symbol) => instrumentOf(symbol, 'nse-cas'))];
  const quotes = instruments.map((one) => firstQuote(one.key, random));
  const sparklines: Record<InstrumentKey, readonly number[]> = {};
  for (const { instrument, ltp } of quotes) sparklines[instrument] = sparkline(ltp, random);
  return {
    seq: 0,
    version: '0.1.0',
    settings,
    brokers: BROKERS,
    instruments,
    quotes,
    sparklines,
    alerts: [
      alertOf('RELIANCE', 'buy', 0, false),
      alertOf('AXISBANK', 'sell', 0, false),
      alertOf('LT', 'buy', 3, true),
    ],
    formingSignals: [alertOf('COALINDIA', 'buy', -1, false).signal],
    feed: {
      source: 'simulator',
      label: 'Simulated market',
      world: 'simulated',
      mode: 'streaming',
      nextMode: undefined,
      isHeld: false,
      standby: undefined,
      loginUntil: undefined,
      status: { state: 'live', since: FAKE_NOW },
      speed: 10,
    },
    market: { phase: 'open', until: Date.parse('2026-11-20T15:15:00+05:30') as EpochMs, warning: undefined },
    scan: { lastBarTime: FAKE_NOW, judgedAt: FAKE_NOW, instruments: 30, fired: 2, unknown: 0, withheld: 0 },
    rules: { rules: [], sectors: [] },
    orders: {
      enabled: true,
      positions: [],
      orders: [],
      realisedToday: 0,
      unrealised: 0,
      ordersToday: 0,
      mostOrdersToday: 100,
    },
    mutes: [],
    stats: {
      marketTime: FAKE_NOW,
      messagesPerSecond: 214,
      ticksPerSecond: 512,
      lastTickAt: FAKE_NOW,
      rejects: {},
      late: 0,
      outsideSession: 0,
      inferred: 0,
      revised: 0,
      volumeResets: 0,
      badBars: 0,
      latencyP95Ms: 84,
      databaseBytes: 212e6,
      reconnects: 0,
      differing: 0,
      connections: [],
    },
  };
}

function instrumentOf(symbol: string, segment: Instrument['segment']): Instrument {
  const key = `NSE:${symbol}` as InstrumentKey;
  const name = symbol === 'NIFTY 50' ? symbol : `${symbol.charAt(0)}${symbol.slice(1).toLowerCase()} Limited`;
  return { key, name, segment, sector: undefined, tickSize: 0.05, priceDecimals: 2, lotSize: 1 };
}

function firstQuote(instrument: InstrumentKey, random: () => number): Quote {
  const previousClose = instrument === 'NSE:NIFTY 50' ? 24_300 : 300 + random() * 4_200;
  const changePercent = (random() - 0.45) * 3.2;
  return {
    instrument,
    ltp: previousClose * (1 + changePercent / 100),
    previousClose,
    changePercent,
    dayVolume: Math.floor(random() * 5e6),
    rsi: 38 + random() * 30,
    trend: random() > 0.5 ? 'up' : 'down',
    time: FAKE_NOW,
    receivedAt: FAKE_NOW,
  };
}

function sparkline(last: number, random: () => number): readonly number[] {
  const closes = [last];
  for (let point = 1; point < 36; point += 1) closes.unshift((closes[0] ?? last) * (1 + (random() - 0.5) * 0.004));
  return closes;
}

/** An alert of the bar that closed `barsAgo` bars before the last one. */
export function alertOf(symbol: string, side: 'buy' | 'sell', barsAgo: number, read: boolean): Alert {
  const barTime = (Date.parse('2026-11-20T10:40:00+05:30') - barsAgo * 300_000) as EpochMs;
  const instrument = `NSE:${symbol}` as InstrumentKey;
  return {
    id: `${instrument} 5m ema-cross ${barTime}`,
    raisedAt: (barTime + 300_000) as EpochMs,
    signal: {
      instrument,
      timeframe: '5m',
      rule: 'ema-cross',
      side,
      barTime,
      price: 1_412.3,
      values: { 'ema(9)': 1_411.2, 'ema(21)': 1_410.9, 'rsi(14)': 58.3 },
    },
    text: `EMA 9 crossed ${side === 'buy' ? 'above' : 'below'} EMA 21, RSI 58.3`,
    read,
    late: false,
    inputs: 'whole',
  };
}

/** The same numbers every time. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const LIMITS = { instrumentsPerSocket: 3_000, sockets: 3 } as const;
const BROKERS: readonly BrokerState[] = [
  {
    manifest: {
      id: 'simulator',
      label: 'Simulated market',
      description: 'All fifty stocks on a made-up market that runs at any hour.',
      credentialFields: [],
      limits: LIMITS,
      can: { stream: true, quotes: true, history: true, orders: false },
      world: 'simulated',
    },
    fieldsSet: [],
    savedAt: undefined,
  },
  {
    manifest: {
      id: 'replay',
      label: 'Replay',
      description: 'Recorded files, at any speed.',
      credentialFields: [],
      limits: LIMITS,
      can: { stream: true, quotes: false, history: true, orders: false },
      world: 'replay',
    },
    fieldsSet: [],
    savedAt: undefined,
  },
  {
    manifest: {
      id: 'kite',
      label: 'Zerodha Kite',
      description: 'Live NSE prices with your Kite Connect subscription.',
      credentialFields: [
        { name: 'apiKey', label: 'API key', secret: false, hint: 'From developers.kite.trade, your app’s page.' },
        { name: 'accessToken', label: 'Access token', secret: true, hint: 'Valid until about 06:00 tomorrow.' },
      ],
      limits: LIMITS,
      can: { stream: true, quotes: true, history: true, orders: false },
      world: 'market',
    },
    fieldsSet: ['apiKey'],
    savedAt: FAKE_NOW,
  },
];
