/** One question over HTTP, and what its answer says about the region that was asked. */

/** What came back: an answer, silence that speaks against the region, or nothing that tells either way. */
export type Heard = { readonly status: number; readonly text: string } | 'silent' | 'unknown';

/** How long a region may take to answer. */
const ANSWER_MS = 3_000;

/** Errors of a connection that nobody took. Names that do not resolve and certificates that do not fit say nothing. */
const SILENT_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Asks once. Never throws. */
export async function hear(url: string | URL): Promise<Heard> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return isSilence(error) ? 'silent' : 'unknown';
  }
}

function isSilence(error: unknown): boolean {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
  return name === 'TimeoutError' || SILENT_CODES.has(cause?.code ?? '');
}

/**
 * Whether a health path answers, as Route 53 sees it: 2xx and 3xx are well, 5xx and silence are not. Any other code
 * is the answer of something that lives and refuses us.
 */
export function isWell(heard: Heard): boolean | undefined {
  if (heard === 'silent') return false;
  if (heard === 'unknown') return undefined;
  if (heard.status >= 500) return false;
  return heard.status < 400 ? true : undefined;
}

/** Whether anything answered at all. */
export const isThere = (heard: Heard): boolean => heard !== 'silent' && heard !== 'unknown';
