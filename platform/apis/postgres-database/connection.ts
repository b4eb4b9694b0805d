/** How an application reaches the database from its own region. */
import { PORT, type Plan } from './plan';
import type { Seen } from './seen';

/** Keys of the connection Secret, without the password. They end in environment variables, so they look like them. */
export type Connection = Readonly<
  Record<'HOST' | 'READER_HOST' | 'PORT' | 'DATABASE' | 'USERNAME' | 'SSLMODE' | 'REGION', string>
>;

/**
 * The connection, once both addresses are known; what was known once is kept when AWS does not answer.
 *
 * `HOST` is the global writer endpoint, which AWS itself points to the writer, so a promotion changes nothing here.
 */
export function connectionOf(plan: Plan, { global, cluster, connection }: Seen): Connection | undefined {
  const host = (plan.global ? global.endpoint : cluster.endpoint) ?? connection['HOST'];
  const readerHost = cluster.readerEndpoint ?? connection['READER_HOST'];
  if (!host || !readerHost) return undefined;
  return {
    HOST: host,
    READER_HOST: readerHost,
    PORT: String(PORT),
    DATABASE: plan.spec.database,
    USERNAME: plan.spec.username,
    SSLMODE: 'verify-full',
    REGION: plan.place.region,
  };
}
