/**
 * A process of the bench: `contender.ts PART` checks that all contenders of the part agree; with the numbers of a
 * job and an entry it prepares that one, times it, and prints its rounds as JSON; with `measured` it prints the part's
 * readings.
 */
import { measure } from './measure.ts';
import { PARTS } from './parts.ts';

const MEASURED = 'measured';
const [name, job, entry] = process.argv.slice(2);
const part = PARTS.find((candidate) => candidate.name === name);
if (part === undefined) throw new Error(`There is no part ${name}.`);
if (job === undefined) {
  await part.check();
} else if (job === MEASURED) {
  process.stdout.write(JSON.stringify(await part.measured?.take()));
} else {
  const chosen = part.jobs[Number(job)]?.entries[Number(entry)];
  if (chosen === undefined) throw new Error(`${name} has no entry ${job}/${entry}.`);
  process.stdout.write(JSON.stringify(await measure(await chosen.prepare())));
}
// Some peers leave timers behind.
process.exit();
