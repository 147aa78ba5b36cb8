/**
 * The ticker of the official `kiteconnect` client, in a process of its own: its state is global and it ends the
 * process when it gives up. Arguments: ws root, API key, access token, tokens. Prints a JSON line for each tick and
 * event; ends when its input does.
 */
import { KiteTicker } from 'kiteconnect';

const [root = '', apiKey = '', accessToken = '', tokens = ''] = process.argv.slice(2);
const say = (event: string, value: unknown = null): void => {
  process.stdout.write(`${JSON.stringify({ event, value })}\n`);
};

// Its types do not know `root`, its code does.
const params = { api_key: apiKey, access_token: accessToken, reconnect: false, root };
const ticker = new KiteTicker(params);
ticker.on('connect', () => {
  const wanted = tokens.split(',').map(Number);
  ticker.subscribe(wanted);
  ticker.setMode(ticker.modeFull, wanted);
  say('connect');
});
ticker.on('ticks', (ticks: unknown) => say('ticks', ticks));
ticker.on('order_update', (order: unknown) => say('order', order));
ticker.on('error', (error: { readonly message?: string }) => say('error', error.message));
ticker.on('disconnect', () => say('disconnect'));
ticker.connect();
process.stdin.on('end', () => process.exit(0)).resume();
