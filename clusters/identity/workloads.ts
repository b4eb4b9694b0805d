/** What the pods of each service may do in AWS: what the claims it uses need, and nothing else. */
import { bucketNameOf } from '../../model/bucket-name';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { farClusters } from '../../model/far';
import { globalNameOf, identityOf, regionalNameOf } from '../../model/names';
import { DAX_ACTIONS, tableArn } from '../../model/table-engine';
import type { Workload } from '../../model/workload';
import type { AnyClaim } from '../../spec/claims';
import type { Statement } from '../_policies';

/** What a service's statements depend on. */
export interface WorkloadProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  /** ARN of the region's own key. */
  readonly keyArn: string;
}

/**
 * The statements of a service; none where its claims give it passwords instead. It then has a role all the same, which
 * names it in every log of AWS and allows nothing.
 */
export const workloadStatements = ({ service, claims }: Workload, props: WorkloadProps): Statement[] =>
  claims.flatMap((claim) => ofClaim(claim, service.name, props));

type Of<K extends AnyClaim['kind']> = Extract<AnyClaim, { kind: K }>;

function ofClaim(claim: AnyClaim, service: string, props: WorkloadProps): Statement[] {
  if (claim.kind === 'PostgresDatabase') return database(claim, service, props);
  if (claim.kind === 'Bucket') return bucket(claim, props);
  if (claim.kind === 'Table') return table(claim, props);
  return [];
}

const allow = (
  Action: readonly string[],
  Resource: unknown,
  Condition?: Statement['Condition'],
): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});

/**
 * As the database user of the service's own name, in every region: the writer may be in either. AWS makes up the id of
 * the cluster, so it cannot be named; the user exists in no other database unless its team creates it there.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.IAMPolicy.html (2026-11)
 */
function database(
  { spec }: Of<'PostgresDatabase'>,
  service: string,
  { model, cluster }: WorkloadProps,
): Statement[] {
  if (spec.login !== 'iam') return [];
  const regions = [cluster, ...farClusters(model, cluster)].map(({ region }) => region);
  return [
    allow(
      ['rds-db:connect'],
      regions.map((region) => `arn:aws:rds-db:${region}:${cluster.account}:dbuser:*/${service}`),
    ),
  ];
}

/** The objects of the region's own bucket. Versions stay: they are what a deleted object is restored from. */
function bucket(claim: Of<'Bucket'>, { cluster, keyArn }: WorkloadProps): Statement[] {
  const adopted = cluster.environment === 'prod' ? claim.spec.adopt?.[cluster.position] : undefined;
  const id = identityOf(claim, cluster.placement);
  const arn = `arn:aws:s3:::${adopted ?? bucketNameOf(id, cluster.region, cluster.account)}`;
  const objects = allow(
    ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetObject', 's3:PutObject'],
    `${arn}/*`,
  );
  const list = allow(['s3:GetBucketLocation', 's3:ListBucket'], arn);
  if (claim.spec.encryption !== 'kms') return [objects, list];
  return [objects, list, throughService('s3', keyArn, cluster)];
}

/** The items of the region's own replica, directly and through DAX. */
function table(claim: Of<'Table'>, { cluster, keyArn }: WorkloadProps): Statement[] {
  const id = identityOf(claim, cluster.placement);
  const adopted = cluster.environment === 'prod' ? claim.spec.adopt?.table : undefined;
  const arn = tableArn(cluster.account, cluster.region, adopted ?? globalNameOf('dynamodb', id));
  const items = allow(DAX_ACTIONS, [arn, `${arn}/index/*`]);
  const open = throughService('dynamodb', keyArn, cluster);
  if (!claim.spec.dax) return [items, open];
  const cache = `arn:aws:dax:${cluster.region}:${cluster.account}:cache/${regionalNameOf('dax', id, cluster.region)}`;
  return [items, open, allow(DAX_ACTIONS.filter(daxHas).map(daxAction), cache)];
}

/** DAX answers for items, not for the table. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodbacceleratordax.html (2026-11) */
const daxHas = (action: string) => action !== 'dynamodb:DescribeTable';
const daxAction = (action: string) => action.replace('dynamodb:', 'dax:');

const throughService = (service: string, keyArn: string, { region }: Cluster): Statement =>
  allow(['kms:Decrypt', 'kms:GenerateDataKey'], keyArn, {
    StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
  });
