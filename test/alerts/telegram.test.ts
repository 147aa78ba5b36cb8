import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import { createTelegram } from '../../src/main/alerts/telegram.ts';
import { CHAT, refuses, TOKEN, telegramServer } from '../fakes/telegram-server.ts';
import { type Answer, cuts, hangs, says } from '../fakes/webhook-receiver.ts';
import { fastClock } from '../support/real-clock.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { appErrorOf } from '../support/thrown.ts';
import { sampleMessage } from './sample-message.ts';

const never = new AbortController().signal;

function telegramAt(url: string, credentials: Readonly<Record<string, string>> = { token: TOKEN, chatId: CHAT }) {
  return createTelegram({ clock: fastClock(100), credentials: () => credentials, url });
}

async function troubleOf(answer: Answer, credentials?: Readonly<Record<string, string>>): Promise<AppError> {
  const { url } = await telegramServer(answer);
  const thrown: unknown = await telegramAt(url, credentials)
    .send(sampleMessage(), never)
    .catch((error: unknown) => error);
  if (!(thrown instanceof AppError)) return expect.unreachable('it should have been refused');
  const told = `${thrown.message} ${JSON.stringify(thrown.context)} ${String(thrown.cause)} ${thrown.stack}`;
  for (const hidden of [TOKEN, TOKEN.slice(10), CHAT]) expect(told).not.toContain(hidden);
  return thrown;
}

describe('Telegram', () => {
  it('is told in plain text, in the chat, by the bot', async () => {
    const { url, received } = await telegramServer();
    await telegramAt(url).send(sampleMessage(), never);
    expect(received[0]?.path).toBe(`/bot${TOKEN}/sendMessage`);
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      chat_id: CHAT,
      text: 'BUY RELIANCE · 5m\nEMA cross: EMA 9 crossed above EMA 21, RSI 58.3 · 1,412.30 at 10:45',
      link_preview_options: { is_disabled: true },
    });
  });

  it('takes the longest digest there is', async () => {
    const { url, received } = await telegramServer();
    const alerts = Array.from({ length: 100 }, (_, index) =>
      sampleAlert({ instrument: `NSE:STOCK${index}` as InstrumentKey }),
    );
    await telegramAt(url).send(sampleMessage({ alerts }), never);
    expect(JSON.parse(received[0]?.body ?? '').text).toMatch(/^100 signals\nBUY STOCK0 [\s\S]*\nand \d+ more$/);
  });

  it.each<[string, Answer, boolean, string]>([
    ['a pause', refuses(429, 'Too Many Requests', { retry_after: 17 }), true, 'asks for a pause of 17 seconds'],
    ['a fault of its own', refuses(500, 'Internal Server Error'), true, 'could not take the message (HTTP 500)'],
    ['a gateway', says(502, '<html>Bad Gateway</html>'), true, 'HTTP 502'],
    ['a sign-in page', says(200, '<html>Welcome to the hotel</html>'), true, 'is not Telegram'],
    ['a redirect', says(302, '', { location: 'https://x.example' }), true, 'is not Telegram'],
    ['an answer that is none', says(200, '{"ok":"yes"}'), true, 'is not Telegram'],
    ['silence', hangs, true, 'Telegram did not answer within 10 seconds'],
    ['a cut', cuts, true, 'Telegram cut the connection'],
    ['no such chat', refuses(400, 'Bad Request: chat not found'), false, 'finds no chat with this id'],
    ['a wrong token', refuses(401, 'Unauthorized'), false, 'does not know this bot token'],
    ['no such bot', refuses(404, 'Not Found'), false, 'does not know this bot token'],
    ['a person who blocked it', refuses(403, 'Forbidden: bot was blocked'), false, 'does not let the bot write'],
  ])('answers %s, and what to do is said', async (_case, answer, retryable, words) => {
    const error = await troubleOf(answer);
    expect(error.retryable).toBe(retryable);
    expect(error.message).toContain(words);
  });

  it('says how long to wait', async () => {
    const { context } = await troubleOf(refuses(429, 'Too Many Requests', { retry_after: 17 }));
    expect(context).toEqual({ status: 429, retryAfterSeconds: 17 });
    const other = await troubleOf(refuses(429, 'Too Many Requests'));
    expect(other).toMatchObject({ code: 'rate-limited', context: { status: 429 } });
  });

  it.each([{}, { token: TOKEN }, { chatId: CHAT }, { token: 'no token/../at all', chatId: CHAT }])(
    'is asked nothing without what it takes: %j',
    async (credentials) => {
      const { url, received } = await telegramServer();
      const sent = telegramAt(url, credentials).send(sampleMessage(), never);
      await expect(sent).rejects.toThrow('needs a bot token and a chat id');
      expect(received).toEqual([]);
    },
  );

  it('at an address that is none says so without the token', async () => {
    const sent = telegramAt('nowhere').send(sampleMessage(), never);
    await expect(sent).rejects.toThrow(
      new AppError('invalid-input', 'TICKSCOPE_TELEGRAM_URL is no address. Correct it.'),
    );
  });

  it('is ready with both fields, and checks what they look like', () => {
    const telegram = telegramAt('');
    expect([telegram.isReady(), telegram.fieldsSet()]).toEqual([true, ['token', 'chatId']]);
    expect(telegramAt('', { token: TOKEN }).isReady()).toBe(false);
    for (const chatId of [CHAT, '-1001234567890', '@my_channel', ''])
      expect(() => telegram.check({ token: TOKEN, chatId })).not.toThrow();
    expect(appErrorOf(() => telegram.check({ token: 'secret thing' })).message).not.toContain('secret thing');
    expect(appErrorOf(() => telegram.check({ chatId: 'my friend' })).code).toBe('invalid-input');
  });
});
