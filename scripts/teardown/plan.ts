/** The end of an environment, as a script for a person: the one order in which nothing comes back and no copy is lost. */
import { effectiveOf } from '../../model/effective';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { ZONE_PART } from '../../model/outputs';
import type { PlannedStack } from '../aws/order';
import { DELETIONS, EMPTIED, JOINING, PARTS_OF_ANOTHER } from './commands';
import type { Owned } from './resources';

/** What the plan is made from. */
export interface PlanProps {
  readonly model: EstateModel;
  readonly clusters: readonly Cluster[];
  readonly owned: readonly Owned[];
  /** In the order in which they were deployed. */
  readonly stacks: readonly PlannedStack[];
}

/** Lines of a shell script. Throws when a claim owns a kind that nothing here can take down. */
export function teardownPlan(props: PlanProps): string[] {
  assertKnown(props.owned);
  return [
    ...opening(props),
    ...props.clusters.flatMap(letGo),
    ...props.clusters.flatMap(claims),
    ...stores(props),
    ...props.clusters.flatMap(nodes),
    ...props.stacks.toReversed().flatMap((stack) => stackEnd(props, stack)),
    '# Left on purpose: final snapshots, automated backups, backup vaults, logs, and whatever a comment above names.',
  ];
}

const title = (text: string) => ['', `# ${text}`];

function opening({ model, clusters }: PlanProps): string[] {
  const [first] = clusters;
  const { region } = effectiveOf(model.primaryRegion.spec);
  return [
    '#!/bin/sh',
    `# Takes ${model.estate.name} ${first?.environment} down. Read it first; it is written to be run line by line.`,
    `# Writers are taken to be in ${clusters.length > 1 ? region : first?.region}: check with npx flipside status --estate ${model.estate.name}`,
    'set -eu',
    `test "$(aws sts get-caller-identity --query Account --output text)" = ${first?.account}`,
  ];
}

/** From now on nobody brings anything back. Applications of claims have no finalizer: the claims stay for the next step. */
const letGo = ({ name }: Cluster) => [
  ...title(`${name}: Argo CD lets go; the services go with their applications`),
  `kubectl --context ${name} --namespace argocd delete applications.argoproj.io root`,
  `kubectl --context ${name} --namespace argocd delete applications.argoproj.io --all --wait --timeout 15m`,
];

/** Records, distributions and health checks are deleted by Crossplane; stores outlive their claims. */
const claims = ({ name }: Cluster) => [
  ...title(`${name}: the claims, sites first, so that nobody is led to what is about to go`),
  ...['sites', 'primaryregions', 'appsecrets', 'buckets', 'caches', 'tables', 'postgresdatabases'].map(
    (plural) =>
      `kubectl --context ${name} delete ${plural}.platform.flipside.dev --all --all-namespaces --wait --timeout 60m`,
  ),
  `until [ -z "$(kubectl --context ${name} get managed --all-namespaces --output name)" ]; do sleep 15; done`,
];

/** What joins the regions is taken apart, then the region that follows goes, then the writers, then what is empty. */
function stores({ model, clusters, owned }: PlanProps): string[] {
  const writers = clusters.length > 1 ? effectiveOf(model.primaryRegion.spec).region : clusters[0]?.region;
  const [secondary, primary] = [false, true].map((isWriter) =>
    owned.filter(({ cluster }) => (cluster === writers) === isWriter),
  );
  return [
    ...section('Stores: what joins the regions is taken apart', JOINING, owned),
    ...section('Stores: the region that follows', DELETIONS, secondary ?? []),
    ...section('Stores: the region of the writers', DELETIONS, primary ?? []),
    ...section('Stores: what is empty now', EMPTIED, owned),
  ];
}

function section(text: string, deletions: typeof DELETIONS, owned: readonly Owned[]): string[] {
  const lines = deletions.flatMap(([kind, deletion]) =>
    owned.filter((one) => one.kind === kind).flatMap((one) => deletion(one)),
  );
  return lines.length > 0 ? [...title(text), ...new Set(lines)] : [];
}

/** Their network interfaces would hold the subnets. */
const nodes = ({ name }: Cluster) => [
  ...title(`${name}: the nodes`),
  `kubectl --context ${name} delete nodepools.karpenter.sh --all --wait --timeout 30m`,
];

function stackEnd({ clusters }: PlanProps, stack: PlannedStack): string[] {
  const { name, region, part } = stack;
  const cluster = clusters.find((one) => one.name === stack.cluster);
  const cloudFormation = (words: string) =>
    `aws cloudformation ${words} --region ${region} --stack-name ${name}`;
  return [
    ...title(name),
    ...(part === 'entry' && cluster ? unprotectBalancer(stack) : []),
    ...(part === ZONE_PART
      ? ['# Take the delegation of the zone away first, and every record that is not of a stack.']
      : []),
    ...(stack.terminationProtection
      ? [cloudFormation('update-termination-protection --no-enable-termination-protection')]
      : []),
    cloudFormation('delete-stack'),
    cloudFormation('wait stack-delete-complete'),
    ...(part === 'cluster' && cluster ? eksEnd(cluster) : []),
    ...remains(stack),
  ];
}

function unprotectBalancer({ name, region }: PlannedStack): string[] {
  const arn = `aws cloudformation describe-stacks --region ${region} --stack-name ${name} --query "Stacks[0].Outputs[?OutputKey=='LoadBalancerArn'].OutputValue" --output text`;
  return [
    `aws elbv2 modify-load-balancer-attributes --region ${region} --load-balancer-arn "$(${arn})" --attributes Key=deletion_protection.enabled,Value=false`,
  ];
}

/** Its stack leaves it, and the network cannot go while it stands. */
const eksEnd = ({ name, region }: Cluster) => [
  `aws eks update-cluster-config --region ${region} --name ${name} --no-deletion-protection`,
  `aws eks wait cluster-active --region ${region} --name ${name}`,
  `aws eks delete-cluster --region ${region} --name ${name}`,
  `aws eks wait cluster-deleted --region ${region} --name ${name}`,
];

function remains({ retained }: PlannedStack): string[] {
  const kept = retained.filter((one) => !one.startsWith('AWS::EKS::Cluster '));
  const kinds = [...new Set(kept.map((one) => one.split(' ')[0]))];
  return kept.length > 0 ? [`# Stays: ${kept.length} of ${kinds.join(', ')}`] : [];
}

function assertKnown(owned: readonly Owned[]): void {
  const known = new Set(
    [...DELETIONS, ...JOINING, ...EMPTIED].map(([kind]) => kind).concat(PARTS_OF_ANOTHER),
  );
  const unknown = [...new Set(owned.map(({ kind }) => kind))].filter((kind) => !known.has(kind));
  if (unknown.length === 0) return;
  throw new Error(
    `Cannot plan the end of ${unknown.join(', ')}: not in scripts/teardown/commands.ts, expected every kind that outlives its claim`,
  );
}
