/** Where a venue's page may go, and how it comes back. */
export interface LoginRoute {
  /** The page that was opened. */
  readonly start: string;
  /** The address registered at the venue: the page that goes there has answered. */
  readonly redirect: string;
}

/** What becomes of a step of the page: it has answered with this query, it may go on, or it may not. */
export type Step = URLSearchParams | 'allowed' | 'forbidden';

/**
 * A login page wanders over https, or over the server it began at. The redirect is taken by its place, never by how an
 * address begins: `https://app.example.evil/` begins like `https://app.example`.
 */
export function judgeNavigation(url: string, { start, redirect }: LoginRoute): Step {
  const target = URL.parse(url);
  if (target === null) return 'forbidden';
  if (placeOf(target) === placeOf(URL.parse(redirect))) return target.searchParams;
  return target.protocol === 'https:' || target.origin === URL.parse(start)?.origin ? 'allowed' : 'forbidden';
}

function placeOf(url: URL | null): string | undefined {
  return url === null ? undefined : `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}
