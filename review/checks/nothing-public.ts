/** Buckets, databases and nodes cannot be reached from the internet; only load balancers are. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { at, appliedOf, composedOf, everyOf, leavesOf, matched, spot, textAt, wanted } from './_read';

const BLOCKS = ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'] as const;
const OUTSIDE: ReadonlySet<string> = new Set(['LoadBalancer', 'NodePort']);

/** What is public is made by CDK: one load balancer in each region. */
export const nothingPublic: Check = {
  id: 'nothing-public',
  title: 'Nothing but the load balancers can be reached from the internet',
  severity: 'error',
  reference: 'C-15, S0-25, S1-56',
  run: (estate, report) =>
    exposed(estate).map(([path, what]) =>
      report({
        message: what,
        path,
        remedy: 'Keep it private: what users reach goes through the entry of its region',
      }),
    ),
};

type Exposed = readonly [path: string, what: string];

const exposed = (estate: RenderedEstate): Exposed[] => [
  ...openBuckets(estate),
  ...publicAddresses(estate),
  ...openServices(estate),
  ...openTemplates(estate),
];

function openBuckets({ clusters }: RenderedEstate): Exposed[] {
  const blocks = composedOf(clusters, 's3/BucketPublicAccessBlock');
  const byBucket = (item: (typeof blocks)[number]) => `${item.cluster.name}/${item.file}`;
  return matched(composedOf(clusters, 's3/Bucket'), blocks, byBucket).flatMap(
    ({ home: bucket, peer: block }): Exposed[] => {
      if (!block) return [[spot(bucket), 'A bucket has no BucketPublicAccessBlock']];
      return BLOCKS.filter((field) => wanted(block)[field] !== true).map((field) => [
        spot(block, `spec.forProvider.${field}`),
        `${field} is ${String(wanted(block)[field] ?? 'not set')}, expected true`,
      ]);
    },
  );
}

const publicAddresses = ({ clusters }: RenderedEstate): Exposed[] =>
  everyOf(clusters, 'rds/ClusterInstance', 'NodeClass').flatMap((item) =>
    leavesOf(item.object.spec, 'spec')
      .filter(
        ([path, value]) => /(publiclyAccessible|associatePublicIPAddress)$/.test(path) && value === true,
      )
      .map(([path]): Exposed => [
        spot(item, path),
        `${item.object.kind} gets public addresses, expected false`,
      ]),
  );

const openServices = ({ clusters }: RenderedEstate): Exposed[] =>
  appliedOf(clusters, 'Service')
    .filter(({ object }) => OUTSIDE.has(textAt(object, 'spec.type')))
    .map((item) => [
      spot(item, 'spec.type'),
      `Service is of type ${textAt(item.object, 'spec.type')}, expected ClusterIP`,
    ]);

const openTemplates = ({ templates }: RenderedEstate): Exposed[] =>
  templates.flatMap(({ file, resources }) =>
    Object.entries(resources)
      .filter(([, { Properties }]) => at(Properties, 'PubliclyAccessible') === true)
      .map(([id]): Exposed => [`${file}#Resources/${id}`, `${id} gets a public address, expected false`]),
  );
