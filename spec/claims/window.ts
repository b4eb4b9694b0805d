/** Daily windows as AWS writes them: `hh:mm-hh:mm` in UTC, across midnight if the end is the smaller time. */
import * as z from 'zod';
import { cel } from './claim';

/** Shortest (AWS) and longest (ours: leaves room for everything else) window, in minutes. */
const LENGTH = { min: 30, max: 180 } as const;

/** Minutes since midnight of `hh:mm`. */
export function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** First and last minute of the day of a window, and its length in minutes. */
export function windowOf(text: string): {
  readonly start: number;
  readonly end: number;
  readonly length: number;
} {
  const [start = 0, end = 0] = text.split('-').map(minuteOfDay);
  return { start, end, length: (end - start + 1440) % 1440 };
}

const fits = (text: string) => {
  const { length } = windowOf(text);
  return length >= LENGTH.min && length <= LENGTH.max;
};

const at = (hours: number, minutes: number) =>
  `int(self.substring(${hours}, ${hours + 2})) * 60 + int(self.substring(${minutes}, ${minutes + 2}))`;

/** A window with a default, of 30 minutes to three hours. */
export const dailyWindow = (fallback: string, description: string) =>
  z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, {
      error: 'expected hh:mm-hh:mm in UTC',
      abort: true,
    })
    .max(11, { error: 'expected hh:mm-hh:mm in UTC' })
    .refine(fits, {
      error: (issue) => `${windowOf(String(issue.input)).length} minutes long, expected 30 to 180`,
    })
    .default(fallback)
    .meta({
      description,
      ...cel({
        // A list of one element names the length once: CEL has no variables.
        rule: `[(${at(6, 9)} - (${at(0, 3)}) + 1440) % 1440].all(length, length >= ${LENGTH.min} && length <= ${LENGTH.max})`,
        message: 'the window must be 30 to 180 minutes long',
      }),
    });
