/** Every public name has a certificate where it is served. */
import type { Check } from '../check';
import { composedOf, pairsOf, prodOf, spot, textAt, wanted } from './_read';

/** CloudFront takes certificates of this region only. https://docs.aws.amazon.com/acm/latest/userguide/acm-services.html (2026-11) */
const CDN_REGION = 'us-east-1';

/** A region without a certificate cannot take over the name. */
export const certificates: Check = {
  id: 'certificates',
  title: 'Every region has its own certificate, and the CDN one in us-east-1',
  severity: 'error',
  reference: 'failure "ACM"; S0-12, S1-54',
  run: (estate, report) => [
    ...composedOf(prodOf(estate), 'cloudfront/Distribution')
      .map((item) => ({ item, arn: textAt(wanted(item), 'viewerCertificate.acmCertificateArn') }))
      .filter(({ arn }) => arn !== '' && !arn.startsWith(`arn:aws:acm:${CDN_REGION}:`))
      .map(({ item, arn }) =>
        report({
          message: `The CDN uses the certificate "${arn}", expected one of ${CDN_REGION}`,
          path: spot(item, 'spec.forProvider.viewerCertificate.acmCertificateArn'),
          remedy: `Ask for a certificate in ${CDN_REGION}`,
        }),
      ),
    ...pairsOf(estate).flatMap(({ home, peer }) =>
      [home, peer]
        .filter((cluster) =>
          cluster.claims.some(({ claim, team }) => isSite(estate.input.claims, team, claim)),
        )
        .filter((cluster) => !hasCertificate(cluster))
        .map((cluster) =>
          report({
            message: `${cluster.region} has no certificate of its own for the public names`,
            path: `dist/${estate.input.estate.name}/composed/${cluster.name}`,
            remedy: 'Compose an acm Certificate in each region',
          }),
        ),
    ),
  ],
};

type Cluster = ReturnType<typeof prodOf>[number];

const hasCertificate = (cluster: Cluster) =>
  composedOf([cluster], 'acm/Certificate').some((item) => wanted(item)['region'] === cluster.region);

const isSite = (
  claims: readonly {
    readonly kind: string;
    readonly metadata: { readonly name: string; readonly namespace: string };
  }[],
  team: string,
  name: string,
) =>
  claims.some(
    ({ kind, metadata }) => kind === 'Site' && metadata.name === name && metadata.namespace === team,
  );
