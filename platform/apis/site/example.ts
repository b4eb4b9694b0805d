/** What AWS would answer for the resources of a site: invented, but well-formed and the same every time. */
import { createHash } from 'node:crypto';
import type { Placement } from '../../../spec/placement';
import type { Manifest } from '../../kind';

type Answer = (
  key: string,
  forProvider: Readonly<Record<string, unknown>>,
  account: string,
) => Record<string, unknown>;

/** `status.atProvider` of a composed resource once it stands. */
export function example(key: string, manifest: Manifest, { account }: Placement): Record<string, unknown> {
  const { forProvider } = manifest.spec as { forProvider: Readonly<Record<string, unknown>> };
  return ANSWERS[manifest.kind]?.(key, forProvider, account) ?? {};
}

const hex = (text: string, digits: number) =>
  createHash('sha256').update(text).digest('hex').slice(0, digits);

const uuid = (text: string) => hex(text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

const arnAnswer = (arn: string) => ({ id: arn, arn });

const acceleratorArn = (account: string) =>
  `arn:aws:globalaccelerator::${account}:accelerator/${uuid('accelerator')}`;

const ANSWERS: Readonly<Record<string, Answer>> = {
  HealthCheck: (key, _, account) => ({
    id: uuid(key),
    arn: `arn:aws:route53:::healthcheck/${uuid(key + account)}`,
  }),
  Record: (key) => ({ id: key }),
  Certificate: (key, { region, domainName, subjectAlternativeNames = [] }, account) => ({
    ...arnAnswer(`arn:aws:acm:${region}:${account}:certificate/${uuid(key)}`),
    status: 'ISSUED',
    domainValidationOptions: [domainName, ...(subjectAlternativeNames as string[])].map(proofOf),
  }),
  WebACL: (key, { region, scope, name }, account) => ({
    id: uuid(key),
    arn: `arn:aws:wafv2:${region}:${account}:${scope === 'CLOUDFRONT' ? 'global' : 'regional'}/webacl/${name}/${uuid(key)}`,
  }),
  Accelerator: (key, _, account) => ({
    ...arnAnswer(acceleratorArn(account)),
    dnsName: `a${hex(key, 16)}.awsglobalaccelerator.com`,
    hostedZoneId: 'Z2BJ6XQ5FK7U4H',
  }),
  Listener: (key, _, account) => arnAnswer(`${acceleratorArn(account)}/listener/${hex(key, 8)}`),
  EndpointGroup: (key, { listenerArn }) => arnAnswer(`${String(listenerArn)}/endpoint-group/${hex(key, 12)}`),
  OriginAccessControl: (key) => ({ id: `E${hex(key, 13).toUpperCase()}` }),
  Distribution: (key, _, account) => ({
    id: `E${hex(key, 13).toUpperCase()}`,
    arn: `arn:aws:cloudfront::${account}:distribution/E${hex(key, 13).toUpperCase()}`,
    domainName: `d${hex(key, 13)}.cloudfront.net`,
    hostedZoneId: 'Z2FDTNDATAQYW2',
    status: 'Deployed',
  }),
};

/** A wildcard is proven by the record of the name below it. */
function proofOf(domainName: unknown) {
  const name = String(domainName).replace(/^\*\./, '');
  return {
    domainName,
    resourceRecordName: `_${hex(name, 32)}.${name}.`,
    resourceRecordType: 'CNAME',
    resourceRecordValue: `_${hex(`proof ${name}`, 32)}.acm-validations.aws.`,
  };
}
