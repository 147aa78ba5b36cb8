import type { ChannelField } from '../../contract/channels.ts';
import { AppError } from '../../core/errors.ts';
import { isRecord } from '../../core/is-record.ts';
import type { Channel } from '../engine/ports.ts';
import { longTextOf } from './alert-text.ts';
import { type PostAnswer, postJson } from './http-post.ts';
import { refusalOf } from './refusal.ts';
import type { RemoteChannelOptions } from './webhook.ts';

/** https://core.telegram.org/bots/api#making-requests; `TICKSCOPE_TELEGRAM_URL` names another server. */
const TELEGRAM_URL = 'https://api.telegram.org';
/** https://core.telegram.org/bots/api#sendmessage */
const LONGEST_TEXT = 4_096;

const LABEL = 'Telegram';
const FIELDS: readonly ChannelField[] = [
  {
    name: 'token',
    label: 'Bot token',
    hint: 'Write /newbot to @BotFather in Telegram: it makes a bot and answers with its token.',
    secret: true,
  },
  {
    name: 'chatId',
    label: 'Chat id',
    hint: 'The number of the chat that is told, which @userinfobot tells. Write a first message to your bot, or it may not write to you.',
    secret: false,
  },
];
const TOKEN = /^\d{1,20}:[\w-]{20,100}$/;
const CHAT_ID = /^(-?\d{1,20}|@\w{4,64})$/;
const WHERE = 'in Settings, under Alerts';

export interface TelegramOptions extends RemoteChannelOptions {
  /** Begins with https, or http on this computer. */
  readonly url?: string | undefined;
}

/** Alerts as messages of the person's own bot. Telegram knows no repetition: one that was cut off may come twice. */
export function createTelegram({ clock, credentials, url = TELEGRAM_URL }: TelegramOptions): Channel {
  return {
    id: 'telegram',
    label: LABEL,
    fields: FIELDS,
    isPersonal: true,
    fieldsSet: () => Object.keys(credentials()).filter((name) => FIELDS.some((field) => field.name === name)),
    isReady() {
      const { token, chatId } = credentials();
      return token !== undefined && chatId !== undefined;
    },
    check({ token = '', chatId = '' }) {
      if (token !== '' && !TOKEN.test(token))
        throw new AppError('invalid-input', 'A bot token looks like 123456789:AAF… Copy all of it from @BotFather.');
      if (chatId !== '' && !CHAT_ID.test(chatId))
        throw new AppError('invalid-input', 'A chat id is a number, or the @name of a public channel.');
    },
    async send(message, stop) {
      const { token, chatId } = credentials();
      if (token === undefined || chatId === undefined || !TOKEN.test(token))
        throw new AppError('invalid-input', `Telegram needs a bot token and a chat id. Enter them ${WHERE}.`);
      const text = longTextOf(message, LONGEST_TEXT);
      const body = JSON.stringify({ chat_id: chatId, text, link_preview_options: { is_disabled: true } });
      // A thrown error of `new URL` would hold the token.
      const target = URL.parse(`/bot${token}/sendMessage`, url);
      if (target === null) throw new AppError('invalid-input', 'TICKSCOPE_TELEGRAM_URL is no address. Correct it.');
      const answer = await postJson({ who: LABEL, url: target, body }, clock, stop);
      const said = readAnswer(answer.text);
      if (answer.status === 200 && said?.ok === true) return;
      throw troubleOf(answer, said, () => refusalOf(LABEL, answer, clock.now()));
    },
  };
}

interface Said {
  readonly ok: boolean;
  readonly retryAfter: number | undefined;
}

/** https://core.telegram.org/bots/api#making-requests and #responseparameters */
function readAnswer(text: string): Said | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    if (!isRecord(answer) || typeof answer['ok'] !== 'boolean') return undefined;
    const parameters = answer['parameters'];
    const wait = isRecord(parameters) ? parameters['retry_after'] : undefined;
    return { ok: answer['ok'], retryAfter: typeof wait === 'number' && wait >= 0 ? wait : undefined };
  } catch {
    return undefined;
  }
}

function troubleOf({ status }: PostAnswer, said: Said | undefined, usual: () => AppError): AppError {
  const context = { status };
  if (said === undefined && status < 500)
    return new AppError(
      'network',
      `What answered in place of Telegram is not Telegram (HTTP ${status}). A sign-in page of this network may be in the way. Tickscope tries again.`,
      { context },
    );
  switch (status) {
    case 400:
      return new AppError(
        'invalid-input',
        `Telegram finds no chat with this id, or the bot may not write there. Write to the bot once, and check the chat id ${WHERE}.`,
        { context },
      );
    case 401:
    case 404:
      return new AppError(
        'forbidden',
        `Telegram does not know this bot token. Copy it anew from @BotFather ${WHERE}.`,
        {
          context,
        },
      );
    case 403:
      return new AppError(
        'forbidden',
        'Telegram does not let the bot write to this chat. Unblock it, or add it to the chat.',
        {
          context,
        },
      );
    case 429: {
      const retryAfterSeconds = said?.retryAfter;
      if (retryAfterSeconds === undefined) return usual();
      const message = `Telegram asks for a pause of ${retryAfterSeconds} seconds. Tickscope tries again.`;
      return new AppError('rate-limited', message, { context: { ...context, retryAfterSeconds } });
    }
    default:
      return usual();
  }
}
