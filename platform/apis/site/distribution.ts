/** The CloudFront distribution as a managed resource. A name can be on one distribution only, so there is one. */
import {
  Distribution,
  OriginAccessControl,
  type DistributionSpecForProvider,
} from '../../../imports/cloudfront';
import { globalNameOf } from '../../../model/names';
import { tagsFor } from '../../../model/tags';
import type { Manifest, Observed } from '../../kind';
import { managed } from '../../managed';
import type { Answers, Spelled } from './answers';
import { isIssued } from './certificates';
import type { DistributionPlan, SitePlan, StaticOrigin } from './plan';
import { shieldRegion } from './shield';

/** Key of the distribution. */
export const DISTRIBUTION = 'distribution';
const ACCESS = 'origin-access';
const APPLICATION = 'application';
const STATIC_GROUP = 'static';

/** Policies that AWS maintains, by id. */
export const MANAGED_POLICIES = {
  /** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html (2026-11) */
  cachingOptimized: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  /** Hands on the viewer's Host header too. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html (2026-11) */
  allViewer: '216adef6-5c7f-47e4-b989-5492eafa07d3',
} as const;

/**
 * Answers after which the other bucket is asked. 403 and 404 are among them: without leave to list a bucket S3 says
 * 403 for an object that replication has not brought there yet.
 */
const FAILOVER_CODES = [403, 404, 500, 502, 503, 504];

const READ = ['GET', 'HEAD'];
const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'];
const PROTOCOLS = { redirect: 'redirect-to-https', refuse: 'https-only' } as const;

/** The distribution and what lets it, alone, read the buckets. */
export function distribution(plan: SitePlan, answers: Answers, observed: Observed): Record<string, Spelled> {
  const { distribution: wanted } = plan;
  if (!wanted) return {};
  const hasFiles = wanted.statics.origins.length > 0;
  return {
    ...(hasFiles && { [ACCESS]: originAccess(plan) }),
    [DISTRIBUTION]: spelled(plan, wanted, answers, observed),
  };
}

/** Signs every request, also to buckets encrypted with KMS, which the older origin access identity cannot. */
function originAccess({ id }: SitePlan): Manifest {
  const forProvider = {
    name: globalNameOf('kubernetes', id),
    description: 'Lets the distribution read the buckets',
    originAccessControlOriginType: 's3',
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  };
  return managed(OriginAccessControl.manifest({ metadata: {}, spec: { forProvider } }), { policy: 'own' });
}

/** Never composed without what protects it: the certificate, the web ACL and the access to the buckets. */
function spelled(plan: SitePlan, wanted: DistributionPlan, answers: Answers, observed: Observed): Spelled {
  const certificate = answers(wanted.certificate, 'id');
  if (!certificate || !isIssued(observed, wanted.certificate)) return 'waiting for certificate';
  const webAclId = wanted.webAcl && answers(wanted.webAcl, 'arn');
  if (wanted.webAcl && !webAclId) return 'waiting for web ACL';
  const access = answers(ACCESS, 'id');
  if (wanted.statics.origins.length > 0 && !access) return 'waiting for access to the buckets';
  const forProvider: DistributionSpecForProvider = {
    ...basics(wanted),
    ...originsOf(wanted, access),
    ...behaviors(wanted),
    viewerCertificate: {
      acmCertificateArn: certificate,
      cloudfrontDefaultCertificate: false,
      minimumProtocolVersion: wanted.tls,
      sslSupportMethod: 'sni-only',
    },
    ...(webAclId && { webAclId }),
    tags: tagsFor(plan.id),
  };
  return managed(Distribution.manifest({ metadata: {}, spec: { forProvider } }), {
    policy: 'own',
    ...(wanted.adopt && { externalName: wanted.adopt }),
  });
}

const basics = ({ aliases }: DistributionPlan) => ({
  aliases: [...aliases],
  comment: aliases[0],
  enabled: true,
  httpVersion: 'http2and3',
  isIpv6Enabled: true,
  priceClass: 'PriceClass_All',
  restrictions: { geoRestriction: { restrictionType: 'none' } },
  waitForDeployment: false,
});

function originsOf({ origin, statics, shield }: DistributionPlan, access: string | undefined) {
  const application = {
    originId: APPLICATION,
    domainName: origin,
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: 'https-only',
      originSslProtocols: ['TLSv1.2'],
      originReadTimeout: 30,
      originKeepaliveTimeout: 5,
    },
  };
  const group = statics.origins.length > 1 ? { originGroup: [staticGroup(statics.origins)] } : {};
  return {
    origin: [application, ...statics.origins.map((bucket) => bucketOrigin(bucket, access, shield))],
    ...group,
  };
}

const bucketOrigin = ({ id, host, region }: StaticOrigin, access: string | undefined, shield: boolean) => ({
  originId: id,
  domainName: host,
  ...(access && { originAccessControlId: access }),
  ...(shield && { originShield: { enabled: true, originShieldRegion: shieldRegion(region) } }),
});

const staticGroup = (origins: readonly StaticOrigin[]) => ({
  originId: STATIC_GROUP,
  failoverCriteria: { statusCodes: FAILOVER_CODES },
  member: origins.map(({ id }) => ({ originId: id })),
});

function behaviors({ http, statics }: DistributionPlan) {
  const common = { viewerProtocolPolicy: PROTOCOLS[http], cachedMethods: READ, compress: true };
  const targetOriginId = statics.origins.length > 1 ? STATIC_GROUP : statics.origins[0]?.id;
  const files = statics.paths.map((pathPattern) => ({
    ...common,
    pathPattern,
    targetOriginId,
    allowedMethods: READ,
    cachePolicyId: MANAGED_POLICIES.cachingOptimized,
  }));
  return {
    defaultCacheBehavior: {
      ...common,
      targetOriginId: APPLICATION,
      allowedMethods: ALL_METHODS,
      cachePolicyId: MANAGED_POLICIES.cachingDisabled,
      originRequestPolicyId: MANAGED_POLICIES.allViewer,
    },
    ...(files.length > 0 && { orderedCacheBehavior: files }),
  };
}
