/** Every region that serves reaches the writer, wherever it is. */
import type { Check } from '../check';
import type { Located } from './_read';
import { appliedOf, leavesOf, listAt, numberAt, prodOf, spot } from './_read';
import { overlaps } from '../../spec/cidr';
import type { RenderedEstate } from '../rendered';

const POSTGRES = 5432;

/** In the seed users of the second region could read and not buy. */
export const writerReachable: Check = {
  id: 'writer-reachable',
  title: 'Every region that serves has a path to the writer',
  severity: 'error',
  reference: 'S0-32, X-07',
  run: (estate, report) => [
    ...blocked(estate).map((policy) =>
      report({
        message: `Pods of ${policy.object.metadata.name} in ${policy.cluster.name} may not reach the database in the other region, where the writer is or will be`,
        path: spot(policy, 'spec.egress'),
        remedy: `Allow port ${POSTGRES} to the data subnets of both regions`,
      }),
    ),
    ...unpeered(estate).map((file) =>
      report({
        message: 'No Transit Gateway peering joins the regions, so no pod reaches a writer in the other one',
        path: file,
        remedy: 'Peer the gateways of both regions and route the other VPC through them',
      }),
    ),
  ],
};

function blocked({ input, clusters }: RenderedEstate): Located[] {
  const databases = new Set(
    input.claims.filter(({ kind }) => kind === 'PostgresDatabase').map(({ metadata }) => metadata.name),
  );
  const writers = new Set(
    input.services.filter(({ uses }) => uses.some((claim) => databases.has(claim))).map(({ name }) => name),
  );
  const { home, peer } = input.estate.regions;
  return appliedOf(prodOf({ input, clusters, templates: [] }), 'NetworkPolicy')
    .filter(({ object }) => writers.has(object.metadata.name ?? ''))
    .filter((policy) => [home.cidr, peer.cidr].some((cidr) => !reaches(policy, cidr)));
}

const reaches = ({ object }: Located, cidr: string): boolean =>
  listAt(object, 'spec.egress')
    .filter((rule) => listAt(rule, 'ports').some((port) => numberAt(port, 'port') === POSTGRES))
    .flatMap((rule) => leavesOf(rule).filter(([path]) => path.endsWith('ipBlock.cidr')))
    .some(([, block]) => overlaps(String(block), cidr));

/** The folder of the stacks, where they make networks for a database and join none of them. */
function unpeered({ input, templates }: RenderedEstate): string[] {
  const types = new Set(
    templates
      .filter(({ stack }) => stack.includes('prod'))
      .flatMap(({ resources }) => Object.values(resources).map(({ Type }) => Type)),
  );
  const needed = types.has('AWS::EC2::VPC') && input.claims.some(({ kind }) => kind === 'PostgresDatabase');
  return needed && !types.has('AWS::EC2::TransitGatewayPeeringAttachment')
    ? [`dist/${input.estate.name}/aws`]
    : [];
}
