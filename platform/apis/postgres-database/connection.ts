/** How an application reaches the database from its own region. */
import { PORT, type Plan } from './plan';
import type { Seen } from './seen';

/** Keys of the connection Secret, without the password. */
export type Connection = Readonly<
  Record<'host' | 'readerHost' | 'port' | 'database' | 'username' | 'sslmode' | 'region', string>
>;

/**
 * The connection, once both addresses are known; what was known once is kept when AWS does not answer.
 *
 * `host` is the global writer endpoint, which AWS itself points to the writer, so a promotion changes nothing here.
 */
export function connectionOf(plan: Plan, { global, cluster, connection }: Seen): Connection | undefined {
  const host = (plan.global ? global.endpoint : cluster.endpoint) ?? connection['host'];
  const readerHost = cluster.readerEndpoint ?? connection['readerHost'];
  if (!host || !readerHost) return undefined;
  return {
    host,
    readerHost,
    port: String(PORT),
    database: plan.spec.database,
    username: plan.spec.username,
    sslmode: 'verify-full',
    region: plan.place.region,
  };
}
