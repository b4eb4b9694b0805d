/** The composition function of every claim kind, as a gRPC server. */
import type { RunFunctionRequest } from '@crossplane-org/function-sdk-typescript';
import { kinds, schemaOf } from '../../platform/apis';
import { flagsOf } from './flags';
import { handle } from './handle';
import { logCall, logOf } from './log';
import { metrics } from './metrics';
import { offersOf } from './offers';
import { portOf, probes } from './probes';
import { listen } from './server';

async function main(args: readonly string[]): Promise<void> {
  const flags = flagsOf(args);
  const log = logOf(flags);
  const offers = offersOf(kinds, schemaOf);
  const counted = metrics(() => process.memoryUsage.rss());

  const grpc = await listen(flags, (request: RunFunctionRequest) => {
    const started = performance.now();
    const handled = handle(offers, request);
    const seconds = (performance.now() - started) / 1000;
    counted.record({ ...handled, seconds });
    logCall(log, handled, seconds);
    return handled.response;
  });
  const http = await probes(flags.metricsAddress, { ready: grpc.serving, metrics: counted.text });
  log.info({ port: grpc.port, metricsPort: portOf(http), kinds: [...offers.keys()] }, 'listening');

  const end = async (signal: string) => {
    log.info({ signal }, 'ending');
    await grpc.stop();
    http.close();
    http.closeAllConnections();
    log.info('ended');
  };
  process.once('SIGTERM', end).once('SIGINT', end);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`Cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
  // A half-started server would keep the process alive.
  process.exit();
});
