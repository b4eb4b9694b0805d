/** What a claim and the workloads that use it agree on: where the connection details are. */

/** Name of the Secret, in the claim's namespace, that holds how to reach what the claim became. */
export const connectionSecret = (claim: string) => `${claim}-connection`;

/** Prefix of the environment variables a service gets for a claim it uses, for example `ORDERS_`. */
export const connectionPrefix = (claim: string) => `${claim.toUpperCase().replaceAll('-', '_')}_`;
