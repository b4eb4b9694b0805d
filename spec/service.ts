/** The schema of `estates/<name>/services/<service>.yaml`: one stateless workload. */
import * as z from 'zod';
import { count, imageReference, label, percentage, teamName, urlPath } from './scalars';

const quantity = (pattern: RegExp, expected: string, description: string) =>
  z
    .string()
    .regex(pattern, { error: `expected ${expected}` })
    .meta({ description });

const bounds = {
  min: count(0, 1000, 'Fewest pods in the region'),
  max: count(1, 1000, 'Most pods in the region'),
};

interface Scale {
  readonly min: number;
  readonly max: number;
  readonly peer: {
    readonly min?: number | undefined;
    readonly max?: number | undefined;
    readonly promoted?: number | undefined;
  };
}

/** The peer has the bounds of home where it states none of its own. */
function inOrder({ value: { min, max, peer }, issues }: z.core.ParsePayload<Scale>): void {
  const most = peer.max ?? max;
  const refuse = (path: string[], input: number, message: string) =>
    issues.push({ code: 'custom', path, input, message });
  if (min > max) refuse(['min'], min, atMost(max));
  if ((peer.min ?? 0) > most) refuse(['peer', 'min'], peer.min ?? 0, atMost(most));
  if ((peer.promoted ?? 0) > most) refuse(['peer', 'promoted'], peer.promoted ?? 0, atMost(most));
  if (peer.min === undefined && peer.max !== undefined && peer.max < min)
    refuse(['peer', 'max'], peer.max, `below min, expected at least ${min}`);
}

const atMost = (max: number) => `above max, expected at most ${max}`;

const scale = z
  .strictObject({
    ...bounds,
    cpu: percentage(1, 100).meta({ description: 'Average CPU utilization that the autoscaler aims for' }),
    shrink: percentage(1, 100)
      .optional()
      .meta({ description: 'Utilization under which pods go; left out: a tenth under the target' }),
    requests: count(
      1,
      100_000,
      'Requests a second from the region entry that each pod is meant for',
    ).optional(),
    metric: z
      .strictObject({
        name: z.string().regex(/^[a-z][a-z0-9_]*$/, { error: 'expected the name of a Prometheus metric' }),
        average: count(1, 1_000_000, 'Average over the pods that the autoscaler aims for'),
      })
      .optional()
      .meta({ description: 'A metric that the application exports' }),
    peer: z
      .strictObject({
        min: bounds.min.optional(),
        max: bounds.max.optional(),
        promoted: count(1, 1000, 'Fewest pods there once the region has taken over').optional(),
      })
      .default({})
      .meta({ description: 'What differs in the peer region' }),
  })
  .check(inOrder);

/** Shape of a service. */
export const serviceSchema = z
  .strictObject({
    name: label(30, 'Name of the service, equal to its file'),
    team: teamName,
    image: imageReference,
    port: count(1024, 65535, 'Port the container listens on').default(3000),
    scale,
    resources: z
      .strictObject({
        cpu: quantity(/^\d+m$/, 'milli-CPU, for example 500m', 'CPU request').default('500m'),
        memory: quantity(/^\d+(Mi|Gi)$/, 'Mi or Gi, for example 1Gi', 'Memory request and limit').default(
          '1Gi',
        ),
      })
      .prefault({}),
    health: z
      .strictObject({
        live: urlPath.default('/healthz'),
        ready: urlPath.default('/ready'),
      })
      .prefault({}),
    paths: z.array(urlPath).default([]).meta({
      description: 'URL paths that the region entry sends here; none: reachable inside the cluster only',
    }),
    uses: z.array(z.string()).default([]).meta({ description: 'Claims of the same estate, by name' }),
    calls: z.array(z.string()).default([]).meta({ description: 'Services of the same estate, by name' }),
    onPremises: z
      .array(count(1, 65_535, 'TCP port'))
      .default([])
      .meta({ description: 'Ports that it talks to on premises; needs network.onPremises of the estate' }),
    critical: z.boolean().default(true).meta({ description: 'Critical services never run on spot nodes' }),
    env: z
      .record(
        z
          .string()
          .regex(/^[A-Z][A-Z0-9_]*$/, { error: 'expected upper-case letters, digits and underscores' }),
        z.string(),
      )
      .default({})
      .meta({ description: 'Further environment variables; those of the platform win' }),
  })
  .meta({ title: 'Flipside service' });

/** A service as written. */
export type ServiceInput = z.input<typeof serviceSchema>;
/** A service with defaults filled in. */
export type Service = z.output<typeof serviceSchema>;
