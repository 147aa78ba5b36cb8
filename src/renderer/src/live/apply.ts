import type { EngineEvent, Snapshot } from '../../../contract/events.ts';
import type { OrderUpdate } from '../../../core/order-update.ts';
import type { Quote } from '../../../core/quote.ts';
import { priceStyleOf } from '../format/price-style.ts';
import {
  addAlert,
  replaceAlerts,
  replaceFormingSignals,
  setFormingSignal,
  tellAlertRaised,
} from '../stores/alert-store.ts';
import { tellChannelsChanged } from '../stores/channel-store.ts';
import { setFeed, setProgress, setStats, useFeedStore } from '../stores/feed-store.ts';
import { replaceMutes } from '../stores/mute-store.ts';
import { notify } from '../stores/notice-store.ts';
import { replaceOrders } from '../stores/order-store.ts';
import { tellOutcomesChanged } from '../stores/outcome-desk.ts';
import { replaceRules } from '../stores/rule-store.ts';
import { useSelection } from '../stores/selection.ts';
import { setInstruments, useSettingsStore } from '../stores/settings-store.ts';
import { candles, quotes, sparklines } from './live-stores.ts';
import { orderWords } from './order-words.ts';

/** Puts a snapshot in place of everything the stores hold. */
export function applySnapshot(snapshot: Snapshot): void {
  candles.clear();
  sparklines.replace(snapshot.sparklines, snapshot.stats.marketTime);
  quotes.replace(snapshot.quotes);
  replaceAlerts(snapshot.alerts);
  replaceFormingSignals(snapshot.formingSignals);
  setInstruments(snapshot.instruments);
  replaceRules(snapshot.rules);
  replaceMutes(snapshot.mutes);
  replaceOrders(snapshot.orders);
  useSettingsStore.setState({
    settings: snapshot.settings,
    brokers: snapshot.brokers,
    version: snapshot.version,
  });
  const { instrument, select } = useSelection.getState();
  const [first] = snapshot.instruments;
  if (first !== undefined && !snapshot.instruments.some(({ key }) => key === instrument)) {
    select((snapshot.instruments.find(({ segment }) => segment !== 'nse-index') ?? first).key);
  }
  // Last, because charts load again when they see the new generation.
  useFeedStore.setState(({ generation }) => ({
    feed: snapshot.feed,
    market: snapshot.market,
    scan: snapshot.scan,
    stats: snapshot.stats,
    statsAt: performance.now(),
    progress: snapshot.progress ?? undefined,
    generation: generation + 1,
  }));
}

/** Hands each event of a batch to the store it belongs to. */
export function applyEvents(events: readonly EngineEvent[]): void {
  const prices: Quote[] = [];
  for (const event of events) {
    if (event.type === 'quote') prices.push(event.quote);
    else applyEvent(event);
  }
  if (prices.length === 0) return;
  sparklines.receive(prices);
  quotes.receive(prices);
}

/** A refusal stays until it is closed; the rest passes. */
function tellOrder(order: OrderUpdate): void {
  const known = order.instrument && useSettingsStore.getState().byKey.get(order.instrument);
  const words = orderWords(order, priceStyleOf(known));
  if (words !== undefined) notify(order.state === 'rejected' ? 'error' : 'info', words);
}

function applyEvent(event: Exclude<EngineEvent, { type: 'quote' }>): void {
  switch (event.type) {
    case 'candle':
      candles.receive(event.candle, event.closed);
      break;
    case 'candles-revised':
      candles.revised(event.instrument);
      break;
    case 'coverage-changed':
      useFeedStore.setState(({ coverageChanges }) => ({ coverageChanges: coverageChanges + 1 }));
      break;
    case 'alert':
      addAlert(event.alert);
      tellAlertRaised(event.alert, event.told);
      break;
    case 'alerts-changed':
      replaceAlerts(event.alerts);
      break;
    case 'forming-signal':
      setFormingSignal(event.instrument, event.rule, event.signal);
      break;
    case 'feed':
      setFeed(event.feed);
      break;
    case 'market':
      useFeedStore.setState({ market: event.market });
      break;
    case 'progress':
      setProgress(event.progress);
      break;
    case 'scan':
      useFeedStore.setState({ scan: event.scan });
      break;
    case 'stats':
      setStats(event.stats, performance.now());
      break;
    case 'settings':
      useSettingsStore.setState({ settings: event.settings });
      break;
    case 'brokers':
      useSettingsStore.setState({ brokers: event.brokers });
      break;
    case 'rules':
      replaceRules(event.rules);
      break;
    case 'mutes':
      replaceMutes(event.mutes);
      break;
    case 'outcomes-changed':
      tellOutcomesChanged();
      break;
    case 'channels-changed':
      tellChannelsChanged();
      break;
    case 'paper-orders':
      replaceOrders(event.orders);
      break;
    case 'order':
      tellOrder(event.order);
      break;
    case 'notice':
      notify(event.level, event.text);
      break;
    case 'reset':
      // Heard by openScreen, which takes a new snapshot.
      break;
  }
}
