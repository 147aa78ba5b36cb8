import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { type Decoded, decodeBareBody, decodeMessage } from '../brokers/kite/decode-message.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { lineWriter, writeLine } from './line-writer.ts';

const USAGE = 'decode kite FILE [--packet] [--base64]';

const HELP = `Usage: ${USAGE}

Reads a recorded message of Kite's ticker and writes one JSON object a line, one line a packet: token, mode
(ltp, quote or full), tradable, ltp, lastQuantity, averagePrice, dayVolume, buyQuantity, sellQuantity, open,
high, low, close, lastTradeTime, oi, oiDayHigh, oiDayLow, exchangeTime, depth. Prices are in the instrument's
currency, times in milliseconds since 1970. Fields the kind of packet does not have are left out, and so is a
time of 0. ltp is 0 before the first trade; close is the previous session's.

FILE holds one whole WebSocket message, as bytes.
  --packet   FILE holds one packet, without the header of a message
  --base64   FILE is base64 text; spaces and line breaks do not matter

A packet that makes no sense is a line {"reject": reason, …}:
  unknown-length   no kind of packet has this length
  bad-price        the price is below zero; the fields follow
  truncated        the message ends before "missing" of its packets
  trailing-bytes   "length" bytes follow the last packet
`;

/** `decode kite FILE`: looks into a recording. */
export const decodeCommand: CliCommand = {
  name: 'decode',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { path, isPacket, isBase64 } = readRequest(args, io);
    const bytes = isBase64 ? fromBase64(await read(path), path) : await read(path);
    const decoded = isPacket ? [decodeBareBody(bytes)] : decodeMessage(bytes);
    const lines = lineWriter(io.out);
    for (const content of decoded) await lines.line(JSON.stringify(content));
    await lines.flush();
    const remark = remarkOn(bytes, decoded, isBase64);
    if (remark !== undefined) await writeLine(io.talk, remark);
    return 0;
  },
};

function readRequest(args: readonly string[], { cwd }: CliIo) {
  const { values, positionals } = readArgs(USAGE, {
    args: [...args],
    allowPositionals: true,
    options: { packet: { type: 'boolean', default: false }, base64: { type: 'boolean', default: false } },
  });
  const [venue, file, ...others] = positionals;
  if (venue !== 'kite') throw new UsageError(`Say whose message it is: only "kite" is known. Usage: ${USAGE}`);
  if (file === undefined) throw new UsageError(`Say which file to read. Usage: ${USAGE}`);
  if (others.length > 0) throw new UsageError(`One file at a time, not also ${others.join(', ')}. Usage: ${USAGE}`);
  return { path: resolve(cwd, file), isPacket: values.packet, isBase64: values.base64 };
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new AppError('not-found', `${path} cannot be read${code}. Check the name and whether you may read it.`, {
      cause,
    });
  }
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

function fromBase64(content: Uint8Array, path: string): Uint8Array {
  const text = squeeze(content);
  if (!BASE64.test(text))
    throw new AppError('invalid-input', `${path} is not base64 text. Is it bytes? Then leave out --base64.`);
  return Buffer.from(text, 'base64');
}

function squeeze(content: Uint8Array): string {
  return new TextDecoder('latin1').decode(content).replaceAll(/\s/g, '');
}

/** What a person may wonder about. */
function remarkOn(bytes: Uint8Array, decoded: readonly Decoded[], isBase64: boolean): string | undefined {
  if (decoded.length === 0) return bytes.byteLength === 1 ? 'A heartbeat: no packets.' : 'No packets.';
  const isNothingGood = decoded.every((content) => 'reject' in content);
  if (isNothingGood && !isBase64 && bytes.byteLength > 4 && BASE64.test(squeeze(bytes)))
    return 'This looks like base64 text: try --base64.';
  return undefined;
}
