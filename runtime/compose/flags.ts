/** The command line: the flags that every function has, and where probes and metrics are. */
import { DEFAULT_ADDRESS, DEFAULT_TLS_SERVER_CERTS_DIR } from '@crossplane-org/function-sdk-typescript';
import { parseArgs } from 'node:util';

/** What the function was started with. */
export interface Flags {
  /** Host and port of gRPC. */
  readonly address: string;
  /** Folder with tls.key, tls.crt and ca.crt. */
  readonly certificates: string;
  /** No TLS: for tests on the own machine. */
  readonly insecure: boolean;
  /** Host and port of `/healthz`, `/readyz` and `/metrics`. */
  readonly metricsAddress: string;
  readonly debug: boolean;
}

const DEFAULT_METRICS_ADDRESS = '0.0.0.0:8080';

/** Reads the arguments. Throws on a flag it does not know. */
export function flagsOf(args: readonly string[]): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: {
      address: { type: 'string', default: DEFAULT_ADDRESS },
      'tls-server-certs-dir': { type: 'string', default: DEFAULT_TLS_SERVER_CERTS_DIR },
      insecure: { type: 'boolean', default: false },
      'metrics-address': { type: 'string', default: DEFAULT_METRICS_ADDRESS },
      debug: { type: 'boolean', short: 'd', default: false },
    },
  });
  return {
    address: values.address,
    certificates: values['tls-server-certs-dir'],
    insecure: values.insecure,
    metricsAddress: values['metrics-address'],
    debug: values.debug,
  };
}
