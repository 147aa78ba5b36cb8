import type { BrokerState, FeedState } from '../../../../contract/events.ts';
import { type EpochMs, HOUR_MS } from '../../../../core/brand.ts';
import { formatDate, formatMinute, formatSpan, formatWeekdayTime } from '../../format/time.ts';

/** What a person can do for a broker's login. `enter`: something must be typed first. */
export type LoginWay = 'unattended' | 'page' | 'enter';

export function loginWay({ manifest, fieldsSet }: BrokerState): LoginWay {
  const { login } = manifest;
  const isSet = (name: string): boolean => fieldsSet.includes(name);
  const unattended = login?.unattended ?? [];
  if (unattended.length > 0 && unattended.every(isSet)) return 'unattended';
  if (login?.browser !== true || missingFields({ manifest, fieldsSet }).length > 0) return 'enter';
  return manifest.credentialFields.length > 0 && fieldsSet.length === 0 ? 'enter' : 'page';
}

/** Labels of the required credentials that are not set. */
export function missingFields({ manifest, fieldsSet }: Pick<BrokerState, 'manifest' | 'fieldsSet'>): readonly string[] {
  return manifest.credentialFields
    .filter(({ name, required }) => required === true && !fieldsSet.includes(name))
    .map(({ label }) => label);
}

export interface CredentialState {
  readonly words: string;
  readonly tone: 'good' | 'calm' | 'warn';
}

/** Whether a broker has what it needs, in a few words. */
export function credentialState(broker: BrokerState): CredentialState {
  const { credentialFields } = broker.manifest;
  if (credentialFields.length === 0) return { words: 'no login needed', tone: 'calm' };
  const missing = missingFields(broker);
  const [first] = missing;
  if (first !== undefined && missing.length === 1) return { words: `${first} missing`, tone: 'warn' };
  if (first !== undefined) return { words: 'credentials missing', tone: 'warn' };
  if (broker.fieldsSet.length > 0) return { words: 'credentials set', tone: 'good' };
  return { words: 'no credentials set', tone: 'calm' };
}

/** `Logged in until 06:00`; undefined where nobody knows. */
export function loginUntilWords(loginUntil: EpochMs | undefined | null, now: EpochMs): string | undefined {
  if (loginUntil === undefined || loginUntil === null) return undefined;
  const at = formatDate(loginUntil) === formatDate(now) ? formatMinute(loginUntil) : formatWeekdayTime(loginUntil);
  return loginUntil <= now ? `Login ended ${at}` : `Logged in until ${at}`;
}

/** How long the login lasts from now: `5 h left`; undefined where nobody knows or it is over. */
export function loginLeft(loginUntil: EpochMs | undefined | null, now: EpochMs): string | undefined {
  if (loginUntil === undefined || loginUntil === null || loginUntil <= now) return undefined;
  return `${formatSpan(loginUntil - now)} left`;
}

/** Less than this is worth a colour. */
export function isLoginShort({ loginUntil }: Pick<FeedState, 'loginUntil'>, now: EpochMs): boolean {
  return loginUntil !== undefined && loginUntil !== null && loginUntil - now < HOUR_MS;
}
