/** Header by which an answer tells the region it came from. */
export const PROBE_HEADER = 'x-flipside-region';
