/**
 * The lab's AWS: one endpoint for all services and regions of an account, in front of an emulator.
 *
 * The region of a call is the one it is signed for, so a program needs one `AWS_ENDPOINT_URL`, and a region can be cut
 * off from everybody while the other one answers. Global services sign for us-east-1 and are cut with it, as their
 * control planes are in AWS. Emulated times are never AWS's.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlServer } from './_control-server';
import { auroraOf, type PromotionHook } from './aurora';
import { type Call, callOf } from './call';
import { type CallLog, callLogOf } from './call-log';
import { type Cuts, cutsOf } from './cuts';
import { datastoreOf } from './datastore';
import type { Double } from './double';
import { type Faults, faultsOf } from './faults';
import { lagPublisherOf } from './lag';
import { moverOf } from './moves';
import { failure, Refusal, type Reply } from './reply';
import { subnetGroups } from './subnet-groups';
import { type Upstream, upstreamOf } from './upstream';

export type { PromotionHook } from './aurora';
export type { MoveMode } from './moves';

/** How a gateway is started. */
export interface GatewayOptions {
  readonly regions: readonly string[];
  /** URL of ministack. */
  readonly emulator: string;
  /** @default a free one */
  readonly port?: number;
  /** @default a free one */
  readonly controlPort?: number;
  /** Milliseconds from the call of a promotion until the writer moves, before the hook. @default 0 */
  readonly promotionMs?: number;
  /** Milliseconds until an old primary follows again after a failover. @default 0 */
  readonly rejoinMs?: number;
  /** Awaited before an Aurora writer moves. @default nothing to wait for */
  readonly onPromotion?: PromotionHook;
  /** Hears of promotions that failed, and of answers that could not be given. @default standard error */
  readonly tell?: (line: string) => void;
}

/** A running gateway. */
export interface Gateway {
  /** By region; one URL serves them all. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** URL of the control port; see `controlOf`. */
  readonly control: string;
  readonly stop: () => Promise<void>;
}

interface Parts {
  readonly upstream: Upstream;
  readonly cuts: Cuts;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly doubles: readonly Double[];
  readonly tell: (line: string) => void;
}

/** Starts it on 127.0.0.1. The emulator must be up. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { emulator, regions, onPromotion = async () => undefined, tell = console.error } = options;
  const timings = { promotionMs: options.promotionMs ?? 0, rejoinMs: options.rejoinMs ?? 0 };
  const upstream = upstreamOf(emulator);
  const cuts = cutsOf();
  const calls = callLogOf();
  const mover = moverOf({ cuts, promotionMs: () => timings.promotionMs, moved: calls.moved, tell });
  const props = { upstream, cuts, mover };
  const aurora = auroraOf({ ...props, onPromotion, rejoinMs: () => timings.rejoinMs });
  const doubles = [aurora, datastoreOf(props), subnetGroups()];
  const parts: Parts = { upstream, cuts, doubles, tell, faults: faultsOf(), calls };
  const lags = lagPublisherOf(emulator, cuts);
  const endpoint = createServer((request, response) => void serve(parts, request, response));
  const control = controlServer({ ...parts, lags, setTimings: (said) => Object.assign(timings, said) });
  const url = await listening(endpoint, options.port);
  return {
    endpoints: Object.fromEntries(regions.map((region) => [region, url])),
    control: await listening(control, options.controlPort),
    stop: async () => {
      lags.stop();
      mover.stop();
      await Promise.all([closed(endpoint), closed(control)]);
      upstream.stop();
    },
  };
}

async function serve(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const call = await callOf(request);
    const reply = parts.cuts.isCut(call.region) ? undefined : await answered(parts, call);
    // An answer under way when the region is cut never arrives.
    if (!reply || parts.cuts.isCut(call.region)) return parts.cuts.drop(call.region, request.socket);
    // The answer to HEAD tells a length and has no body.
    const length = request.method === 'HEAD' ? {} : { 'content-length': reply.body.length };
    response.writeHead(reply.status, { ...reply.headers, ...length }).end(reply.body);
  } catch (error) {
    if (!request.destroyed) parts.tell(`${request.method} ${request.url}: ${String(error)}`);
    request.socket.resetAndDestroy();
  }
}

async function answered({ faults, calls, doubles, upstream, tell }: Parts, call: Call): Promise<Reply> {
  const done = calls.note(call);
  const trouble = await faults.meet(call);
  const reply =
    trouble ?? (await effect(doubles, upstream, call).catch((error) => refused(call, error, tell)));
  done(reply.status);
  return reply;
}

async function effect(doubles: readonly Double[], upstream: Upstream, call: Call): Promise<Reply> {
  for (const { answer } of doubles) {
    const reply = answer(call);
    if (reply) return reply;
  }
  return upstream.forward(call);
}

function refused(call: Call, error: unknown, tell: (line: string) => void): Reply {
  if (error instanceof Refusal) return failure(call, error.code, error.message, error.status);
  tell(`${call.service} ${call.action} in ${call.region}: ${String(error)}`);
  return failure(call, 'InternalFailure', String(error), 500);
}

const listening = (server: Server, port = 0) =>
  new Promise<string>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    );
  });

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
