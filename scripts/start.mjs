// npm start: makes sure of packages and Node, then launches the app with the arguments it was given.
import { join } from 'node:path';
import { ensurePackages, projectNode } from './packages.mjs';
import { ROOT, run, runMain } from './project.mjs';

await runMain(async () => {
  await ensurePackages();
  const launch = join(ROOT, 'scripts', 'launch.mjs');
  return run(projectNode(), [launch, ...process.argv.slice(2)], { stdio: 'inherit' });
});
