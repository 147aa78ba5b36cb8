import { join, resolve } from 'node:path';
import type { Proof } from '../../core/passport.ts';
import { ProofDesk } from '../engine/proof-desk.ts';
import { istText } from '../files/bar-sheet.ts';
import { alertFileName, exportAlert } from '../files/export-alert.ts';
import type { StoreReader } from '../store/open-reader.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { openKnownCalendars } from './known-market.ts';
import { type LineWriter, lineWriter } from './line-writer.ts';
import { proofLines } from './proof-lines.ts';
import { dataFolder, openChosenStore, STORE_HELP, STORE_OPTIONS, type StoreChoice } from './store-options.ts';

const USAGE = 'alerts list | prove ID|--all | export ID [--out FILE] [--force] [--json] [--db FILE | --data DIR]';

const HELP = `Usage: ${USAGE}

Looks into the alerts that were raised: why, and whether that can be computed again.

  alerts list       every alert ever told, cleared ones too, oldest first: its id, when, what and the link of the chain
  alerts prove ID   computes the alert again from stored bars, and says whether it comes out the same to the last bit
  alerts prove --all
                    the same of every alert, a line each, and whether the chain holds
  alerts export ID  writes the alert with its passport and deliveries to a JSON file of its own

An ID has blanks, and may be written with or without quotes: NSE:INFY 5m ema-cross 1763612100000

  --out FILE   where export writes; otherwise a file named after the alert, in this folder
  --force      export writes over FILE
  --json       JSON lines; of prove: {alert, kind: "reproduced" | "differs" | "tampered" | "cannot", …}
${STORE_HELP}

Exit status of prove: 0 when reproduced, 1 otherwise; with --all 1 when anything differs or was tampered with, or the
chain is broken. What cannot be computed again, because bars are no longer stored, is said and counts as neither.
A running Tickscope is not disturbed.`;

export const alertsCommand: CliCommand = {
  name: 'alerts',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: {
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        out: { type: 'string' },
        force: { type: 'boolean', default: false },
        ...STORE_OPTIONS,
      },
    });
    const [what = '', ...words] = positionals;
    const task = Object.hasOwn(TASKS, what) ? TASKS[what] : undefined;
    if (task === undefined) throw new UsageError(`Say list, prove or export after alerts. Usage: ${USAGE}`);
    const id = words.join(' ');
    if (id !== '' && (what === 'list' || values.all))
      throw new UsageError(`${what}${values.all ? ' --all' : ''} takes no ID. Usage: ${USAGE}`);
    if (id === '' && what !== 'list' && !values.all) throw new UsageError(`Say which alert by its ID. Usage: ${USAGE}`);
    const store = openChosenStore(values, io);
    const lines = lineWriter(io.out);
    try {
      const code = await task({ store, lines, io, id, ...values });
      await lines.flush();
      return code;
    } finally {
      store.close();
    }
  },
};

interface Asked extends StoreChoice {
  readonly store: StoreReader;
  readonly lines: LineWriter;
  readonly io: CliIo;
  readonly id: string;
  readonly json: boolean;
  readonly all: boolean;
  readonly force: boolean;
  readonly out?: string | undefined;
}

const TASKS: Readonly<Record<string, (asked: Asked) => Promise<number>>> = { list, prove, export: exportOne };

async function list({ store, lines, json }: Asked): Promise<number> {
  for (const { alert, link } of store.toldAlerts()) {
    const { id, raisedAt, text, late, inputs } = alert;
    const told = { id, raisedAt, side: alert.signal.side, price: alert.signal.price, text, late, inputs, link };
    if (json) await lines.line(JSON.stringify({ ...told, link: link ?? null }));
    else await lines.line(`${link ?? '-'}\t${istText(raisedAt)}\t${id}\t${told.side} ${told.price}\t${text}`);
  }
  return 0;
}

async function prove({ store, lines, io, id, json, all, ...choice }: Asked): Promise<number> {
  const calendars = openKnownCalendars(dataFolder(choice, io), io);
  const desk = new ProofDesk({
    store,
    calendarOf: (segment) => calendars.calendarOf(segment),
    flush: () => undefined,
  });
  const counts = { reproduced: 0, differs: 0, tampered: 0, cannot: 0 };
  const tell = async (proof: Proof): Promise<void> => {
    counts[proof.kind] += 1;
    if (json) await lines.line(JSON.stringify(proof));
    else for (const line of proofLines(proof)) await lines.line(line);
  };
  if (!all) {
    await tell(desk.prove(id));
    return counts.reproduced === 1 ? 0 : 1;
  }
  for (const proof of desk.proveAll()) await tell(proof);
  const broken = store.brokenLink();
  const { reproduced, differs, tampered, cannot } = counts;
  io.talk.write(
    `${reproduced} reproduced, ${differs} differ, ${tampered} tampered with, ${cannot} cannot be proved.\n`,
  );
  io.talk.write(broken === undefined ? 'The chain holds.\n' : `The chain is broken. ${broken.reason}\n`);
  return differs + tampered > 0 || broken !== undefined ? 1 : 0;
}

async function exportOne({ store, lines, io, id, out, force }: Asked): Promise<number> {
  const path = out === undefined ? join(io.cwd, `${alertFileName(id)}.json`) : resolve(io.cwd, out);
  const bytes = await exportAlert(store, id, { path, mayOverwrite: force });
  await lines.line(`${path}: ${bytes} bytes`);
  return 0;
}
