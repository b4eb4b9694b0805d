/** The claim kind `Site`. */
import type { Site } from '../../../spec/claims/site';
import type { Kind } from '../../kind';
import { text } from '../../status';
import { compose } from './compose';
import { example } from './example';

const activated = (group: string, ...plurals: string[]) =>
  plurals.map((plural) => `${plural}.${group}.aws.m.upbound.io`);

/** `Site` as the registry lists it. */
export const siteKind: Kind<Site> = {
  kind: 'Site',
  plural: 'sites',
  columns: [
    { name: 'HOSTS', type: 'string', jsonPath: '.status.hosts' },
    { name: 'ROUTING', type: 'string', jsonPath: '.status.routing' },
    { name: 'CDN', type: 'string', jsonPath: '.status.distribution' },
    { name: 'REASON', type: 'string', jsonPath: '.status.reason' },
  ],
  status: {
    hosts: { type: 'array', items: { type: 'string' }, description: 'Public names in this environment' },
    routing: text('failover, latency or weighted; single in an environment of one region'),
    entry: text("Name of this region's own entry"),
    certificateArn: text("Certificate of this region's load balancer"),
    distribution: text('Host name of the CDN distribution'),
    distributionArn: text('What the policies of the static buckets admit'),
    accelerator: text('Host name of the accelerator'),
  },
  compose,
  activates: [
    ...activated('route53', 'healthchecks', 'records'),
    ...activated('acm', 'certificates'),
    ...activated('wafv2', 'webacls', 'webaclassociations'),
    ...activated('globalaccelerator', 'accelerators', 'listeners', 'endpointgroups'),
    ...activated('cloudfront', 'distributions', 'originaccesscontrols'),
  ],
  example,
};
