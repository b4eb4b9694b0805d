/** One request of a health checker. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** How long a checker waits. */
export interface Patience {
  /** Milliseconds for the connection. */
  readonly connectMs: number;
  /** Milliseconds for the status code, once connected. */
  readonly answerMs: number;
}

/**
 * As Route 53's checkers wait.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html (2026-11)
 */
export const PATIENCE: Patience = { connectMs: 4_000, answerMs: 2_000 };

/** What is asked, and as whose name. */
export interface ProbeProps {
  readonly url: string;
  /** The name that the check asks for: Host header and SNI. */
  readonly host: string;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** True for a status from 200 to 399. No redirect is followed and no certificate validated. */
export function probe({ url, host, patience, signal }: ProbeProps): Promise<boolean> {
  const secure = url.startsWith('https:');
  return new Promise((resolve) => {
    const request = (secure ? httpsRequest : httpRequest)(url, {
      // A new connection each time.
      agent: false,
      headers: {
        host,
        connection: 'close',
        'user-agent': 'flipside-lab health checker (stand-in for Route 53)',
      },
      ...(secure && { rejectUnauthorized: false, servername: host }),
      signal,
    });
    let deadline = setTimeout(() => end(false), patience.connectMs);
    const end = (passed: boolean) => {
      clearTimeout(deadline);
      resolve(passed);
      request.destroy();
    };
    request.once('socket', (socket) =>
      socket.once('connect', () => {
        clearTimeout(deadline);
        deadline = setTimeout(() => end(false), patience.answerMs);
      }),
    );
    request.once('response', ({ statusCode = 0 }) => end(statusCode >= 200 && statusCode < 400));
    // `destroy` above reports an error too, after the promise is settled.
    request.on('error', () => end(false));
    request.end();
  });
}
