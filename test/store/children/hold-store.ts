/** Opens the store named on the command line, says so, and holds it until killed. */
import { openStore } from '../../../src/main/store/open-store.ts';

openStore(process.argv[2] ?? '');
process.stdout.write('open\n');
process.stdin.resume();
