/** The instant at which every world starts, in Unix milliseconds: real code writes dates. */
export const UNIX = Date.UTC(2026, 0, 1);
