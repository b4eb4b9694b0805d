/** Images come from the registry of the region that runs them. */
import type { Check } from '../check';
import { type Leaf, everyOf, spot, textsOf } from './_read';

const IMAGE = /(^|\.)(image|package)$/;
const REGISTRY = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\//;

const isForeign = ([path, value]: Leaf, region: string) =>
  IMAGE.test(path) && REGISTRY.exec(String(value))?.[2] !== region;

/** A pod that starts during a failover pulls from its own region. */
export const ownRegistry: Check = {
  id: 'own-registry',
  title: 'Every image comes from the registry of its own region',
  severity: 'error',
  reference: 'C-01, C-17; ECR replication takes up to 30 minutes and needs its source while it runs',
  run: (estate, report) =>
    everyOf(estate.clusters).flatMap((item) =>
      textsOf(item.object)
        .filter((leaf) => isForeign(leaf, item.cluster.region))
        .map(([path, value]) =>
          report({
            message: `Pods of ${item.cluster.name} pull "${value}", expected the registry of ${item.cluster.region}`,
            path: spot(item, path),
            remedy: `Name an image of <account>.dkr.ecr.${item.cluster.region}.amazonaws.com, which replication fills before a deploy`,
          }),
        ),
    ),
};
