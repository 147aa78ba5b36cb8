import { protocol } from 'electron';
import { contentSecurityPolicy, readPageFile } from '../page-files.ts';

const SCHEME = 'app';
const HOST = 'tickscope';

/** Where the page comes from. Unlike `file://` it is an origin of its own, which files on disk cannot claim. */
export const APP_ORIGIN = `${SCHEME}://${HOST}`;

/** To be called before the app is ready: makes `app://` as good as `https://` in the eyes of the browser. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** Answers `app://tickscope/…` with the built page in `pageDir`, and nothing else. */
export function serveAppPage(pageDir: string): void {
  protocol.handle(SCHEME, async ({ method, url }) => {
    const { host, pathname } = new URL(url);
    const file = host === HOST && method === 'GET' ? await readPageFile(pageDir, pathname) : undefined;
    if (file === undefined) return new Response('There is nothing here.', { status: 404 });
    return new Response(file.body, {
      headers: {
        'content-type': file.type,
        'content-security-policy': contentSecurityPolicy(),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    });
  });
}
