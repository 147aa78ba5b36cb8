import { z } from 'zod';
import type { TradingDate } from '../../core/brand.ts';
import { weekday } from '../../core/calendar-date.ts';
import { SEGMENTS } from '../../core/instrument.ts';

export const date = z.iso.date('must be a date like 2026-08-03');
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:15');
const clockSpan = z
  .tuple([clockTime, clockTime])
  .refine(([open, close]) => open < close, { message: 'must end later than it begins' });
type ClockSpan = z.infer<typeof clockSpan>;

const name = z.string().min(1, 'must be a name');
const inOrder = z.array(clockSpan).refine(follow, { message: 'must follow one another' });

/** One after the other, or touching. */
function follow(spans: readonly ClockSpan[]): boolean {
  return spans.every((span, index) => index === 0 || (spans[index - 1]?.[1] ?? '') <= span[0]);
}

/** Before a day's first trade come the orders, after its last one the closing auction. */
function checkAuctions(
  parts: readonly ClockSpan[],
  { preOpen, closingAuction }: { preOpen?: ClockSpan | undefined; closingAuction?: ClockSpan | undefined },
  context: z.RefinementCtx,
): void {
  const [open, close] = [parts[0]?.[0], parts.at(-1)?.[1]];
  if (open === undefined || close === undefined) return;
  if (preOpen !== undefined && preOpen[1] > open)
    context.addIssue({ code: 'custom', path: ['preOpen'], message: 'must end before trading begins' });
  if (closingAuction !== undefined && closingAuction[0] < close)
    context.addIssue({ code: 'custom', path: ['closingAuction'], message: 'must begin after trading has ended' });
}

const hoursRule = z
  .strictObject({
    segment: z.enum(SEGMENTS),
    from: date.nullable(),
    days: z.enum(['weekdays', 'weekends']).optional(),
    continuous: clockSpan,
    pauses: inOrder.optional(),
    preOpen: clockSpan.optional(),
    closingAuction: clockSpan.optional(),
    phases: z.array(z.strictObject({ name, span: clockSpan })).optional(),
    provisional: z.boolean().optional(),
  })
  .superRefine((rule, context) => {
    checkAuctions([rule.continuous], rule, context);
    const [open, close] = rule.continuous;
    if (rule.pauses?.some(([from, to]) => from <= open || to >= close) === true)
      context.addIssue({ code: 'custom', path: ['pauses'], message: 'must lie within continuous trading' });
  });

const specialFields = {
  date,
  name,
  segments: z.array(z.enum(SEGMENTS)).min(1).optional(),
  preOpen: clockSpan.optional(),
  closingAuction: clockSpan.optional(),
  provisional: z.boolean().optional(),
};
const specialSession = z
  .strictObject({ ...specialFields, sessions: inOrder.min(1) })
  .superRefine((day, context) => checkAuctions(day.sessions, day, context));
/** Unlike ours, an owner's may call a day off. */
const ownSpecialSession = z
  .strictObject({ ...specialFields, sessions: inOrder })
  .superRefine((day, context) => checkAuctions(day.sessions, day, context));

const holidays = z.record(date, name);

/** A market's calendar: `resources/calendar/*.json`. */
export const calendarSchema = z.object({
  utcOffsetMinutes: z.int().min(-720).max(840),
  daylightSaving: z.literal('new-york').optional(),
  covers: z.object({ from: date, to: date }),
  hours: z.array(hoursRule).min(1),
  holidays,
  special: z.array(specialSession),
});

const workday = date.refine((text) => weekday(text as TradingDate) < 5, {
  message: 'is a Saturday or Sunday: give its hours under "special"',
});

/** What the owner of the data folder knows better: `calendar.json` there. */
export const overrideSchema = z
  .strictObject({
    holidays: holidays.optional(),
    notHolidays: z.array(workday).optional(),
    special: z.array(ownSpecialSession).optional(),
    knownThrough: date.optional(),
  })
  .superRefine(({ holidays = {}, notHolidays = [] }, context) => {
    for (const [index, each] of notHolidays.entries()) {
      if (Object.hasOwn(holidays, each))
        context.addIssue({
          code: 'custom',
          path: ['notHolidays', index],
          message: `${each} is among the holidays too`,
        });
    }
  });

/** The exchange's holidays as they were fetched: a file in the cache folder. */
export const refreshedSchema = z.strictObject({
  version: z.literal(1),
  /** Epoch milliseconds. */
  fetchedAt: z.int().nonnegative(),
  holidays,
  knownThrough: date.nullable(),
});
