import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../../core/errors.ts';
import type { BrokerModule } from '../brokers/broker-module.ts';
import { BROKERS } from '../brokers/registry.ts';
import { type CliCommand, readArgs, UsageError } from './cli-command.ts';
import { lineWriter, writeLine } from './line-writer.ts';

const OPTION = /--([a-z0-9-]+)/g;

/** `decode VENUE FILE`: looks into a recording, through the venue's own reader. */
export const decodeCommand: CliCommand = decodeCommandOf(BROKERS);

/** The same for a list of brokers: those that can decode are its venues. */
export function decodeCommandOf(brokers: readonly BrokerModule[]): CliCommand {
  const readers = brokers.flatMap(({ manifest, decode, decodeRemark, decodeHelp = '' }) =>
    decode === undefined ? [] : [{ id: manifest.id, label: manifest.label, decode, decodeRemark, decodeHelp }],
  );
  const venues = readers.map(({ id }) => id);
  // A switch is known by the help that explains it.
  const switchesOf = (help: string): ReadonlySet<string> =>
    new Set([...help.matchAll(OPTION)].map(([, name = '']) => name));
  const switches = new Set(readers.flatMap(({ decodeHelp }) => [...switchesOf(decodeHelp)]));
  const usage = `decode VENUE FILE${[...switches].map((name) => ` [--${name}]`).join('')}`;
  const wrong = (sentence: string): UsageError => new UsageError(`${sentence} Usage: ${usage}`);

  return {
    name: 'decode',
    usage,
    help: `Usage: ${usage}

Reads a recording of a venue, such as \`capture\` writes, and writes one JSON object a line. VENUE is one of
${venues.join(', ')}.
${readers.map(({ id, label, decodeHelp }) => `\ndecode ${id} (${label})\n\n${decodeHelp.trimEnd()}\n`).join('')}`,

    async run(args, io) {
      const { values, positionals } = readArgs(usage, {
        args: [...args],
        allowPositionals: true,
        options: Object.fromEntries([...switches].map((name) => [name, { type: 'boolean' as const }])),
      });
      const [venue, file, ...others] = positionals;
      const reader = readers.find(({ id }) => id === venue);
      if (reader === undefined) throw wrong(`Say whose recording it is; known: ${venues.join(', ')}.`);
      if (file === undefined || file === '') throw wrong('Say which file to read.');
      if (others.length > 0) throw wrong(`One file at a time, not also ${others.join(', ')}.`);
      const given = Object.keys(values).filter((name) => values[name] === true);
      const foreign = given.find((name) => !switchesOf(reader.decodeHelp).has(name));
      if (foreign !== undefined) throw wrong(`--${foreign} is not for recordings of ${reader.label}.`);

      const recording = { bytes: await read(resolve(io.cwd, file)), switches: new Set(given) };
      const lines = lineWriter(io.out);
      for (const content of reader.decode(recording)) await lines.line(JSON.stringify(content));
      await lines.flush();
      const remark = reader.decodeRemark?.(recording);
      if (remark !== undefined) await writeLine(io.talk, remark);
      return 0;
    },
  };
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
