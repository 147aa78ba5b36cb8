import { AppError } from '../../../core/errors.ts';
import type { Recording } from '../broker-module.ts';
import { readCapturedMessages } from '../captured-messages.ts';
import { decodeBareBody, decodeMessage } from './decode-message.ts';
import { parseTextMessage } from './text-messages.ts';

/** What `--help` says of Kite's recordings. */
export const DECODE_HELP = `Reads a recorded message of Kite's ticker and writes one JSON object a line, one line a packet: token, mode
(ltp, quote or full), tradable, ltp, lastQuantity, averagePrice, dayVolume, buyQuantity, sellQuantity, open,
high, low, close, lastTradeTime, oi, oiDayHigh, oiDayLow, exchangeTime, depth. Prices are in the instrument's
currency, times in milliseconds since 1970. Fields the kind of packet does not have are left out, and so is a
time of 0. ltp is 0 before the first trade; close is the previous session's.

FILE holds one whole WebSocket message, as bytes, or is a file that \`capture\` wrote, whose messages in text are
lines {"text": type, …}.
  --packet   FILE holds one packet, without the header of a message
  --base64   FILE is base64 text; spaces and line breaks do not matter

A packet that makes no sense is a line {"reject": reason, …}:
  unknown-length   no kind of packet has this length
  bad-price        the price is below zero; the fields follow
  truncated        the message ends before "missing" of its packets
  trailing-bytes   "length" bytes follow the last packet
`;

const SWITCHES = new Set(['packet', 'base64']);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;
/** A hint is not worth the look at more. */
const MOST_GUESSED_BYTES = 1024 * 1024;

/**
 * Every packet of a recorded message, or of all messages of a capture, as a record. Throws AppError `invalid-input` for
 * switches nobody knows and for text that should be base64 and is not.
 */
export function decodeRecording({ bytes, switches }: Recording): Iterable<object> {
  for (const name of switches)
    if (!SWITCHES.has(name))
      throw new AppError('invalid-input', `Kite's recordings have no --${name}. There are --packet and --base64.`);
  const message = switches.has('base64') ? fromBase64(bytes) : bytes;
  if (switches.has('packet')) return [decodeBareBody(message)];
  return decodeCapture(message) ?? decodeMessage(message);
}

/** What a person may wonder about: why there is no record, or only rejects. */
export function remarkOnRecording({ bytes, switches }: Recording): string | undefined {
  if (bytes.byteLength > MOST_GUESSED_BYTES || switches.has('packet') || readCapturedMessages(bytes) !== undefined)
    return undefined;
  const isBase64 = switches.has('base64');
  const message = isBase64 ? fromBase64(bytes) : bytes;
  const decoded = decodeMessage(message);
  if (decoded.length === 0) return message.byteLength === 1 ? 'A heartbeat: no packets.' : 'No packets.';
  const isNothingGood = decoded.every((content) => 'reject' in content);
  if (isNothingGood && !isBase64 && bytes.byteLength > 4 && BASE64.test(squeeze(bytes)))
    return 'This looks like base64 text: try --base64.';
  return undefined;
}

/** Undefined when the file is no capture. What we sent, and heartbeats, have no record. */
function decodeCapture(bytes: Uint8Array): Iterable<object> | undefined {
  const messages = readCapturedMessages(bytes);
  if (messages === undefined) return undefined;
  return messages.flatMap(({ direction, message }): readonly object[] => {
    if (direction === 'out') return [];
    if (typeof message !== 'string') return decodeMessage(message);
    const content = parseTextMessage(message);
    if ('text' in content) return [{ text: content.type, content: content.text }];
    const { type, ...rest } = content;
    return [{ text: type, ...rest }];
  });
}

function fromBase64(content: Uint8Array): Uint8Array {
  const text = squeeze(content);
  if (!BASE64.test(text))
    throw new AppError('invalid-input', 'The file is not base64 text. Is it bytes? Then leave out --base64.');
  return Buffer.from(text, 'base64');
}

function squeeze(content: Uint8Array): string {
  return new TextDecoder('latin1').decode(content).replaceAll(/\s/g, '');
}
