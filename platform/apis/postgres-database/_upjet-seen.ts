/** Reads what provider-upjet-aws reports in `status.atProvider`. */
import type { Manifest, Observed } from '../../kind';
import { atProvider, hasCondition, isTakenOver } from '../../managed';
import type { ClusterSeen, Member, Seen } from './seen';

/** What is known of the claim's resources. */
export function seenIn(observed: Observed): Seen {
  return {
    composed: new Set(Object.keys(observed)),
    ready: keysThat(observed, (one) => hasCondition(one, 'Ready')),
    takenOver: keysThat(observed, isTakenOver),
    cluster: clusterIn(observed['cluster']),
    global: globalIn(observed['global']),
    classes: classesIn(observed),
    secretArn: secretArnIn(observed),
    connection: connectionIn(observed),
  };
}

const keysThat = (observed: Observed, holds: (one: Manifest) => boolean): ReadonlySet<string> =>
  new Set(Object.keys(observed).filter((key) => holds(observed[key] as Manifest)));

/** AWS answers with empty text where it has nothing to say. */
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function clusterIn(observed: Manifest | undefined): ClusterSeen {
  const said = atProvider(observed);
  return {
    engine: text(said['engine']),
    version: text(said['engineVersionActual']) ?? text(said['engineVersion']),
    encrypted: said['storageEncrypted'] === true,
    global: text(said['globalClusterIdentifier']),
    endpoint: text(said['endpoint']),
    readerEndpoint: text(said['readerEndpoint']),
    instances: list(said['clusterMembers']).map(String),
  };
}

function globalIn(observed: Manifest | undefined): Seen['global'] {
  const said = atProvider(observed);
  return {
    endpoint: text(said['endpoint']),
    version: text(said['engineVersionActual']) ?? text(said['engineVersion']),
    members: list(said['globalClusterMembers']).map(memberOf),
  };
}

function memberOf(value: unknown): Member {
  const { dbClusterArn, isWriter } = (value ?? {}) as { dbClusterArn?: string; isWriter?: boolean };
  const arn = dbClusterArn ?? '';
  return { arn, region: arn.split(':')[3] ?? '', writer: isWriter === true };
}

function classesIn(observed: Observed): Record<string, string> {
  const keys = Object.keys(observed).filter((key) => key.startsWith('instance-'));
  const classes = keys.map((key) => [key, text(atProvider(observed[key])['instanceClass'])] as const);
  return Object.fromEntries(classes.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The rotation remembers the ARN while the secret is not answered for. */
function secretArnIn(observed: Observed): string | undefined {
  const rotation = (observed['rotation']?.spec ?? {}) as { forProvider?: { secretId?: string } };
  return text(atProvider(observed['secret'])['arn']) ?? text(rotation.forProvider?.secretId);
}

/** The Secret is base64, as the API server keeps it; the delivered one stands in its template. */
function connectionIn(observed: Observed): Record<string, string> {
  const delivery = (observed['delivery']?.spec ?? {}) as {
    target?: { template?: { data?: Record<string, string> } };
  };
  const secret = (observed['connection']?.['data'] ?? {}) as Record<string, string>;
  const decoded = Object.entries(secret).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64').toString(),
  ]);
  return { ...delivery.target?.template?.data, ...Object.fromEntries(decoded) };
}
