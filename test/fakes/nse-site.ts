import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onTestFinished } from 'vitest';
import { addDays, weekday } from '../../src/core/calendar-date.ts';
import { day } from '../support/ist.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface NseSite {
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: readonly { readonly path: string; readonly cookie: string | undefined }[];
}

/** NSE's site: a home page that hands out cookies, and a list for those who bring them. Gone when the test ends. */
export async function nseSite(list: Answer, home: Answer = cookies): Promise<NseSite> {
  const asked: { path: string; cookie: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, cookie: request.headers.cookie });
    (path.startsWith('/api/') ? list : home)(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

const cookies: Answer = (_request, response) => {
  response.setHeader('set-cookie', ['nsit=abc; Path=/; HttpOnly', 'bm_sv=def; Secure']);
  response.end('<html></html>');
};

/** Answers like the site: the list only to those who bring a cookie of its home page. */
export function answerJson(json: unknown): Answer {
  return (request, response) => {
    if (!request.headers.cookie?.includes('nsit=abc')) {
      response.statusCode = 403;
      response.end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(json));
  };
}

/** The holiday master's shape: https://www.nseindia.com/api/holiday-master?type=trading */
export function holidayMaster(dates: readonly string[]): unknown {
  const rows = dates.map((date, index) => ({
    tradingDate: nseDate(date),
    weekDay: WEEKDAYS[weekday(day(date))],
    description: `Holiday ${index}*`,
    morning_session: '',
    evening_session: '',
    Sr_no: index + 1,
  }));
  return { CM: rows, FO: rows, CD: [] };
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function nseDate(date: string): string {
  const [year, month, dayOfMonth] = date.split('-');
  return `${dayOfMonth}-${MONTHS[Number(month) - 1]}-${year}`;
}

/** Every weekday of a year, up to so many. */
export function weekdaysOf(year: number, most: number): string[] {
  const found: string[] = [];
  for (let date = day(`${year}-01-01`); found.length < most; date = addDays(date, 1))
    if (weekday(date) < 5) found.push(date);
  return found;
}
