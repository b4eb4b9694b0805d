/** The schema of `estates/<name>/waivers.yaml`: findings of the review that somebody accepts until a date. */
import * as z from 'zod';

/** Shortest reason, in characters: one sentence. */
const SENTENCE = 30;

const DAY = 'a day as YYYY-MM-DD, for example 2027-03-31';

/** Date.parse rolls the 30th of February over to March, so the day has to come back as it was written. */
const isDay = (text: string): boolean => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const day = z
  .string({ error: `expected ${DAY}` })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: `expected ${DAY}`, abort: true })
  .refine(isDay, { error: `no day of the calendar, expected ${DAY}` });

const waiver = z.strictObject({
  check: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'expected the id of a check, for example recent-drill' })
    .meta({ description: 'Id of the check whose findings are accepted' }),
  path: z
    .string()
    .min(1, { error: 'empty, expected the beginning of a path, or no path' })
    .optional()
    .meta({ description: 'Only findings whose path begins with this; left out: all of the check' }),
  reason: z
    .string()
    .refine((text) => text.trim().length >= SENTENCE, {
      error: `too short, expected why it is accepted, in at least ${SENTENCE} characters`,
    })
    .meta({ description: 'Why it is accepted, for whoever reads the review' }),
  owner: z
    .string()
    .refine((text) => text.trim().length > 0, { error: 'empty, expected who answers for it' })
    .meta({ description: 'Who answers for it' }),
  expires: day.meta({ description: 'Last day it holds; after it the finding is an error' }),
});

/** Shape of the file. */
export const waiversSchema = z
  .strictObject({
    waivers: z.array(waiver).min(1, { error: 'empty, expected at least one waiver, or no file' }),
  })
  .meta({ title: 'Flipside waivers' });

/** The file, valid. */
export type Waivers = z.output<typeof waiversSchema>;
/** One finding, or one kind of finding, that somebody accepts until a day. */
export type Waiver = Waivers['waivers'][number];
