/** The gateway's control port. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import type { CallLog } from './call-log';
import type { Cuts } from './cuts';
import type { Faults } from './faults';
import type { LagPublisher } from './lag';
import { cutSchema, faultSchema, lagSchema, reviveSchema, type Timings, timingsSchema } from './orders';

/** What the control port acts on. */
export interface Controlled {
  readonly cuts: Cuts;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly lags: LagPublisher;
  readonly setTimings: (timings: Timings) => void;
}

/** Does an order; what it returns is answered as JSON. Throws a ZodError for an order that is none. */
type Route = (on: Controlled, body: unknown, query: URLSearchParams) => unknown;

const ROUTES: Readonly<Record<string, Route>> = {
  'POST /cut': ({ cuts }, body) => {
    const { region, how } = cutSchema.parse(body);
    cuts.cut(region, how);
  },
  'POST /revive': ({ cuts }, body) => cuts.revive(reviveSchema.parse(body).region),
  'POST /faults': ({ faults }, body) => faults.add(faultSchema.parse(body)),
  'DELETE /faults': ({ faults }) => faults.clear(),
  'POST /timings': ({ setTimings }, body) => setTimings(timingsSchema.parse(body)),
  'POST /lag': ({ lags }, body) => lags.set(lagSchema.parse(body)),
  'GET /calls': ({ calls }, _, query) =>
    calls.since(
      z.coerce
        .number()
        .nonnegative()
        .parse(query.get('since') ?? 0),
    ),
};

/** The server, not yet listening. */
export const controlServer = (on: Controlled): Server =>
  createServer((request, response) => {
    void handle(on, request).then(({ status, body }) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
    );
  });

async function handle(on: Controlled, request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const route = ROUTES[`${request.method} ${pathname}`];
  if (!route)
    return {
      status: 404,
      body: { error: `no such order, expected one of ${Object.keys(ROUTES).join(', ')}` },
    };
  try {
    const said = await text(request);
    const answer = await route(on, said ? JSON.parse(said) : undefined, searchParams);
    return { status: 200, body: answer ?? {} };
  } catch (error) {
    const wrong = error instanceof z.ZodError || error instanceof SyntaxError;
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    return { status: wrong ? 400 : 500, body: { error: message } };
  }
}
