/** What was promised for an estate before anything was computed: stands beside the computed figure, never in its place. */

/** Loss and time for each kind of failure, as stated for storefront (requirement S0-42). Seconds. */
export const STATED_FAILURES: Readonly<Record<string, Readonly<Record<string, Stated>>>> = {
  storefront: {
    instance: { text: '0 / under 30 s', loss: 0, time: 30 },
    zone: { text: '0 / under 1 min', loss: 0, time: 60 },
    region: { text: 'about 1 s / about 5 min', loss: 1, time: 300 },
    corruption: { text: 'under 5 min / under 30 min', loss: 300, time: 1800 },
  },
};

/** Loss and time, in words and in seconds. */
export interface Stated {
  readonly text: string;
  readonly loss: number;
  readonly time: number;
}

/** Steps of a recovery as stated for warm-standby (requirement S3-31), by the step they are compared with. */
export const STATED_RECOVERY: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'warm-standby': {
    traffic: 'DNS and accelerator about 1 min',
    promotion: 'Aurora about 1 min, loss under 1 s',
    compute: 'scale-up about 5 min, warm-up about 2 min',
    total: 'about 9 min, loss under 5 min',
  },
};

/**
 * A reader of the same region takes over: "typically less than 60 seconds, and often less than 30".
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html (2026-08)
 */
export const AURORA_IN_REGION = 60;
