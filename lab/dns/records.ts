/** What the stand-in for Route 53 is told, in the shape of the composed managed resources' `forProvider`. */

/** One record of a hosted zone. `records` or `alias` is set. */
export interface RecordSet {
  readonly name: string;
  readonly type: string;
  /** Seconds; an alias has the one of its target. */
  readonly ttl?: number;
  readonly records?: readonly string[];
  readonly alias?: {
    readonly name: string;
    readonly zoneId: string;
    readonly evaluateTargetHealth: boolean;
  };
  readonly setIdentifier?: string;
  readonly healthCheckId?: string;
  readonly failoverRoutingPolicy?: { readonly type: string };
  readonly latencyRoutingPolicy?: { readonly region: string };
  readonly weightedRoutingPolicy?: { readonly weight: number };
}

/** A health check, with the id AWS gave it. */
export interface HealthCheck {
  readonly id: string;
  /** HTTP, HTTPS or CALCULATED. */
  readonly type: string;
  readonly fqdn?: string;
  readonly port?: number;
  readonly resourcePath?: string;
  /** Seconds. */
  readonly requestInterval?: number;
  readonly failureThreshold?: number;
  readonly invertHealthcheck?: boolean;
  readonly disabled?: boolean;
  readonly childHealthchecks?: readonly string[];
  readonly childHealthThreshold?: number;
}

/** What stands behind a name outside the zone. */
export type Target =
  /** A load balancer or a database server, as this machine stands in for it. */
  | {
      readonly is: 'address';
      readonly address: string;
      readonly port?: number;
      readonly ttl?: number;
      readonly healthy: boolean;
    }
  /** A CDN; no such thing runs here, so its name leads where its origin leads. */
  | { readonly is: 'origin'; readonly host: string }
  /** An accelerator: the nearest load balancer whose targets are healthy. */
  | {
      readonly is: 'nearest';
      readonly entries: readonly { readonly region: string; readonly name: string }[];
    };

/** Whether a health check is healthy, by id. A check nobody has told of counts as healthy, as a new one does. */
export type Health = Readonly<Record<string, boolean>>;

/** Everything that is known of names now. */
export interface Names {
  readonly zone: { readonly name: string; readonly records: readonly RecordSet[] };
  readonly health: Health;
  /** By name: load balancers, distributions, accelerators, database servers. */
  readonly targets: Readonly<Record<string, Target>>;
  /** By Aurora's global writer endpoint: the name of the server that holds the writer. */
  readonly writers: Readonly<Record<string, string>>;
}

/** Names are the same in any case, with or without the last dot. */
export const plain = (name: string) => name.replace(/\.$/, '').toLowerCase();
