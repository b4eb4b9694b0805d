/** The text of a file, if it is one. */

/** Largest file that is read, in bytes. */
const LARGEST = 1024 * 1024;
const LINE_FEED = 0x0a;

/** Why a file cannot be read, and the line that shows it. */
export interface Unreadable {
  readonly line: number;
  readonly message: string;
}

/** The text without its byte order mark. */
export function textOf(bytes: Uint8Array): string | Unreadable {
  if (bytes.length > LARGEST) return { line: 1, message: tooLarge(bytes.length) };
  return decoded(bytes) ?? { line: firstBrokenLine(bytes), message: notText };
}

const tooLarge = (size: number) =>
  `Cannot read the file: ${(size / LARGEST).toFixed(1)} MiB, expected at most 1 MiB`;

const notText = 'Cannot read the file: not UTF-8 from this line on, expected text saved as UTF-8';

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-8 never has the byte of a line feed inside another character, so lines can be decoded one by one. */
function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(LINE_FEED, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    if (decoded(bytes.subarray(start, end)) === undefined) return line;
    start = end;
  }
  return 1;
}
