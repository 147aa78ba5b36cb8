/** Opens the store named on the command line, says so, and holds it until killed. */
import { openStore } from '../../../src/main/store/open-store.ts';

const store = openStore(process.argv[2] ?? '');
process.stdout.write('open\n');
process.stdin.resume();
// A store that nobody can reach any more is closed by the garbage collector.
process.stdin.on('end', () => store.close());
