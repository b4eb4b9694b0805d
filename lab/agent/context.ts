/** What the parts of a region's agent share. */
import type { EstateModel } from '../../model/estate';
import type { Cluster } from '../../model/clusters';
import type { Kube } from '../kube';
import type { Region } from '../layout';

/** One region as its agent sees it. */
export interface AgentContext {
  readonly region: Region;
  readonly kube: Kube;
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly account: string;
  /** The emulated AWS. */
  readonly awsEndpoint: string;
  /** Folder of the bundled programs. */
  readonly programs: string;
  /** Puts addresses of this machine for the public names of the estate. */
  readonly local: (text: string) => string;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Says what went wrong in the agent's log; the next change or look tries again. */
export const complain = (what: string) => (error: unknown) =>
  console.error(
    `${new Date().toISOString()} ${what}: ${error instanceof Error ? error.message : String(error)}`,
  );
