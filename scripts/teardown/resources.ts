/** What the committed claims own in AWS: read from their golden renders, which hold every name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Cluster } from '../../model/clusters';
import { UserError } from '../answer';
import { filesBelow } from '../tree';

/** A managed resource. */
export interface Owned {
  /** `<service>.<kind>`, for example `rds.Cluster`. */
  readonly kind: string;
  /** Name in AWS; where AWS chooses an id, the name that the resource was given. */
  readonly name: string;
  readonly region: string;
  /** Region of the cluster that manages it. */
  readonly cluster: string;
  /** `<team>.<claim>` */
  readonly claim: string;
  /** AWS refuses to delete it until this is taken back. */
  readonly isProtected: boolean;
  /** What it was made with. */
  readonly fields: Readonly<Record<string, unknown>>;
}

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: {
    readonly managementPolicies?: readonly string[];
    readonly forProvider?: Readonly<Record<string, unknown>>;
    readonly initProvider?: Readonly<Record<string, unknown>>;
  };
}

/** What stays in AWS when a cluster's claims are deleted. Resources that are only observed are the other region's. */
export function retainedBy(root: string, estate: string, cluster: Cluster): Owned[] {
  const dir = join(root, 'dist', estate, 'composed', cluster.name);
  const files = filesBelow(dir);
  if (files.length === 0) {
    throw new UserError(
      `Cannot find "dist/${estate}/composed/${cluster.name}": missing, expected it rendered: npx flipside synth`,
    );
  }
  return files.flatMap((path) =>
    parseAllDocuments(readFileSync(join(dir, path), 'utf8'))
      .flatMap((document) => (document.toJS() as Manifest | null) ?? [])
      .filter(isRetained)
      .map((manifest) => ownedOf(manifest, cluster, path.replace(/\.yaml$/, ''))),
  );
}

function isRetained({ spec }: Manifest): boolean {
  const policies = spec?.managementPolicies ?? [];
  return policies.includes('Create') && !policies.includes('Delete');
}

function ownedOf({ apiVersion, kind, metadata, spec }: Manifest, cluster: Cluster, claim: string): Owned {
  const fields: Readonly<Record<string, unknown>> = { ...spec?.initProvider, ...spec?.forProvider };
  const annotated = metadata?.annotations?.['crossplane.io/external-name'];
  return {
    kind: `${apiVersion.split('.')[0]}.${kind}`,
    name: annotated ?? String(fields['name'] ?? ''),
    region: String(fields['region'] ?? cluster.region),
    cluster: cluster.region,
    claim,
    isProtected: fields['deletionProtection'] === true || fields['deletionProtectionEnabled'] === true,
    fields,
  };
}
