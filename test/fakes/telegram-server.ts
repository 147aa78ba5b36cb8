import { type Answer, type Receiver, webhookReceiver } from './webhook-receiver.ts';

export const TOKEN = '123456789:AAF-abcdefghijklmnopqrstuvwxyz_012345';
export const CHAT = '987654321';

/** What Telegram answers where it does not do what was asked: https://core.telegram.org/bots/api#making-requests */
export function refuses(code: number, description: string, parameters?: object): Answer {
  return (response) => {
    response.writeHead(code, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error_code: code, description, ...(parameters && { parameters }) }));
  };
}

/** Answers as Telegram does: only to a bot it knows, in a chat it knows. */
export const asTelegram: Answer = (response, { path, body }) => {
  if (path !== `/bot${TOKEN}/sendMessage`) return refuses(401, 'Unauthorized')(response, { path, body, headers: {} });
  const { chat_id, text } = JSON.parse(body);
  if (chat_id !== CHAT) return refuses(400, 'Bad Request: chat not found')(response, { path, body, headers: {} });
  if (text.length > 4_096)
    return refuses(400, 'Bad Request: message is too long')(response, { path, body, headers: {} });
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: true, result: { message_id: 1, text } }));
};

/** Telegram's Bot API on this machine, for one bot and one chat. */
export async function telegramServer(answer: Answer = asTelegram): Promise<Receiver> {
  return webhookReceiver(answer);
}
