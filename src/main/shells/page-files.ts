import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, relative, resolve, sep } from 'node:path';

/** A file of the built page, ready to be sent. */
export interface PageFile {
  readonly body: Buffer<ArrayBuffer>;
  readonly type: string;
  /** Its name holds a hash of its content, so it never changes. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wav': 'audio/wav',
  '.woff2': 'font/woff2',
};

/**
 * The page may load its own files and talk to its own engine, nothing else. Chart and panels set their sizes
 * property by property, which is no inline style and needs no leave.
 */
export function contentSecurityPolicy(connectTo = "'self'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self'",
    `connect-src ${connectTo}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * Reads the file that `pathname` (as in a URL, still encoded) names below `root`; `/` is the page itself.
 * Undefined when there is none, when it lies outside, or when it is of a kind the page does not have.
 */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | undefined> {
  const path = decode(pathname === '/' ? '/index.html' : pathname);
  if (path === undefined || path.includes('\0') || path.includes('\\')) return undefined;
  const file = resolve(root, `.${path}`);
  const inside = relative(root, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return undefined;
  const type = TYPES[extname(file)];
  if (type === undefined) return undefined;
  try {
    return { body: await readFile(file), type, immutable: inside.startsWith(`assets${sep}`) };
  } catch {
    return undefined;
  }
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
}
