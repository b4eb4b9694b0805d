/** Every key lies in the region of what it encrypts. */
import type { Check } from '../check';
import { type Leaf, type Located, at, everyOf, spot, textsOf, textAt } from './_read';

const KEY = /^arn:aws:kms:([a-z0-9-]+):/;

/** Lists whose items name the region that their key has to be of. */
const COPY = /^(.*\.replica\[\d+\])\./;
/** A replica of an object lies in the bucket's other region. */
const DESTINATION = 'spec.forProvider.rule';

/** A key of another region makes a store depend on that region. */
export const regionalKeys: Check = {
  id: 'regional-keys',
  title: 'Every KMS key lies in the region of what it encrypts',
  severity: 'error',
  reference: 'C-16, S0-41: keys per region; a store cannot be opened while the region of its key is down',
  run: (estate, report) =>
    everyOf(estate.clusters)
      .filter(({ object }) => object.kind !== 'Composition')
      .flatMap((item) =>
        textsOf(item.object)
          .filter(([, value]) => KEY.test(String(value)))
          .filter((leaf) => regionOf(leaf) !== expectedRegion(estate.input.estate.regions, item, leaf))
          .map(([path, value]) =>
            report({
              message: `${item.object.kind} in ${item.cluster.region} uses the key "${value}", expected one of ${expectedRegion(estate.input.estate.regions, item, [path, value])}`,
              path: spot(item, path),
              remedy: 'Use keys.data of the facts of that region',
            }),
          ),
      ),
};

const regionOf = ([, value]: Leaf) => KEY.exec(String(value))?.[1];

type Regions = Readonly<Record<'home' | 'peer', { readonly name: string }>>;

function expectedRegion(regions: Regions, { object, cluster }: Located, [path]: Leaf): string {
  const [, copy] = COPY.exec(path) ?? [];
  if (copy) return regionOfCopy(object, copy);
  const other = cluster.region === regions.home.name ? regions.peer.name : regions.home.name;
  return path.startsWith(DESTINATION) && path.endsWith('replicaKmsKeyId') ? other : cluster.region;
}

/** `spec.forProvider.replica[0]` → the region that this replica names. */
function regionOfCopy(object: unknown, path: string): string {
  const index = /\[(\d+)\]$/.exec(path)?.[1] ?? '0';
  const copies = at(object, path.replace(/\[\d+\]$/, ''));
  const copy: unknown = Array.isArray(copies) ? copies[Number(index)] : undefined;
  return textAt(copy, 'region') || textAt(copy, 'regionName');
}
