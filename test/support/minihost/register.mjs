// node --import ./register.mjs MAIN: `electron` becomes the double, for import and require alike.
import { registerHooks } from 'node:module';

const url = new URL('./electron.mjs', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' || specifier === 'electron/main' ? { url, shortCircuit: true } : next(specifier, context),
});
