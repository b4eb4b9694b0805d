/** The programs of a flip talk to regional data planes, never to a control plane of the whole world or to Git. */
import type { Check } from '../check';
import { type Located, appliedOf, listAt, podSpecOf, prodOf, spot, textAt, textsOf } from './_read';

/**
 * Endpoints outside the region: control planes in us-east-1 and us-west-2, global STS, and what builds and keeps code.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html (2026-08)
 */
const GLOBAL =
  /\b(sts|iam|route53|cloudfront|globalaccelerator|shield|organizations|s3)\.amazonaws\.com|\bapi\.ecr\.us-east-1\b|public\.ecr\.aws|github\.com|gitlab|bitbucket|docker\.io|quay\.io|ghcr\.io/;

/** Asked for by SDKs of the first generation, which otherwise take the endpoint in us-east-1. */
const REGIONAL = { name: 'AWS_STS_REGIONAL_ENDPOINTS', value: 'regional' } as const;

/** Beacon, watch and promotion work while us-east-1's control planes, Git and CI are down. */
export const dataPlanesOnly: Check = {
  id: 'data-planes-only',
  title: 'The programs of a flip call regional endpoints only',
  severity: 'error',
  reference: 'C-06, S2-14, S4-35; AWS Fault Isolation Boundaries',
  run: (estate, report) =>
    programsOf(prodOf(estate)).flatMap((item) => [
      ...globalNames(item).map(([path, value]) =>
        report({
          message: `${item.object.kind} names "${value}", a service outside ${item.cluster.region}`,
          path: spot(item, path),
          remedy: `Call the endpoint of ${item.cluster.region}, or prepare it before a failover`,
        }),
      ),
      ...withoutRegionalSts(item).map((container) =>
        report({
          message: `Container ${container} has no ${REGIONAL.name}: regional, so an SDK may ask STS in us-east-1`,
          path: spot(item, `spec.template.spec.containers/${container}`),
          remedy: `Set ${REGIONAL.name}=${REGIONAL.value} in its environment`,
        }),
      ),
    ]),
};

const programsOf = (clusters: Parameters<typeof appliedOf>[0]): Located[] =>
  appliedOf(clusters, 'Deployment', 'Job', 'CronJob').filter(
    ({ object }) => object.metadata.namespace === 'flipside-system',
  );

const globalNames = ({ object }: Located) =>
  textsOf(object).filter(([, value]) => GLOBAL.test(String(value)));

const withoutRegionalSts = (item: Located): string[] =>
  listAt(podSpecOf(item), 'containers')
    .filter((container) => !listAt(container, 'env').some(isRegional))
    .map((container) => textAt(container, 'name'));

const isRegional = (variable: unknown) =>
  textAt(variable, 'name') === REGIONAL.name && textAt(variable, 'value') === REGIONAL.value;
