/** What is left of a provider's modules when they are cut to one family. The lists are spelled as provider-aws v2.5.0 has them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyFamily } from '../../lab/family';
import { lay, scratch } from '../helpers/cli';

const PROVIDER = 'github.com/upbound/provider-aws/v2';
const TERRAFORM = 'github.com/hashicorp/terraform-provider-aws/internal';
const SDK = 'github.com/aws/aws-sdk-go-v2/service';

const register = (scope: string) => `package ${scope}

import (
\t"k8s.io/apimachinery/pkg/runtime"

\tv1beta1ec2 "${PROVIDER}/apis/${scope}/ec2/v1beta1"
\tv1beta1rds "${PROVIDER}/apis/${scope}/rds/v1beta1"
\tv1beta1own "${PROVIDER}/apis/${scope}/v1beta1"
)

func init() {
\tAddToSchemes = append(AddToSchemes,
\t\tv1beta1ec2.SchemeBuilder.AddToScheme,
\t\tv1beta1rds.SchemeBuilder.AddToScheme,
\t\tv1beta1own.SchemeBuilder.AddToScheme,
\t)
}
`;

const configuration = (scope: string) => `package ${scope}

import (
\t"${PROVIDER}/config/${scope}/ec2"
\tdatabases "${PROVIDER}/config/${scope}/rds"
)

func init() {
\tProviderConfiguration.AddConfig(ec2.Configure)
\tProviderConfiguration.AddConfig(databases.Configure)
}
`;

const LISTS = `package config

import (
\t_ "embed"
)

func List() []string {
\tl := make([]string, len(Names))
\ti := 0
\tfor name := range Names {
\t\t// Expected format is regex, and we'd like to have exact matches.
\t\tl[i] = name + "$"
\t\ti++
\t}
\treturn l
}
`;

const PACKAGES = `package sdkv2

import (
\t"${TERRAFORM}/conns"
\t"${TERRAFORM}/service/ec2"
\t"${TERRAFORM}/service/rds"
)

func servicePackages(ctx context.Context) []conns.ServicePackage {
\tv := []conns.ServicePackage{
\t\tec2.ServicePackage(ctx),
\t\trds.ServicePackage(ctx),
\t}
`;

const CLIENTS = `package conns

import (
\t"${SDK}/ec2"
\t"${SDK}/iam"
\t"${SDK}/rds"
)

func (c *AWSClient) EC2Client(ctx context.Context) *ec2.Client {
\treturn errs.Must(client[*ec2.Client](ctx, c, names.EC2, make(map[string]any)))
}

func (c *AWSClient) IAMClient(ctx context.Context) *iam.Client {
\treturn errs.Must(client[*iam.Client](ctx, c, names.IAM, make(map[string]any)))
}

func (c *AWSClient) RDSClient(ctx context.Context) *rds.Client {
\treturn errs.Must(client[*rds.Client](ctx, c, names.RDS, make(map[string]any)))
}
`;

const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['cluster', 'namespaced'].flatMap((scope) => [
      [`provider/apis/${scope}/zz_register.go`, register(scope)],
      [`provider/apis/${scope}/rds/v1beta1/types.go`, 'package v1beta1'],
      [`provider/apis/${scope}/ec2/v1beta1/types.go`, 'package v1beta1'],
      [`provider/config/${scope}/provider.go`, configuration(scope)],
      [`provider/internal/controller/${scope}/zz_rds_setup.go`, 'package controller'],
      [`provider/internal/controller/${scope}/zz_ec2_setup.go`, 'package controller'],
    ]),
  ),
  'provider/config/registry_common.go': LISTS,
  'provider/internal/clients/aws.go': 'package clients\n\nvar _ = c.IAMClient(ctx)\n',
  'terraform/internal/provider/sdkv2/service_packages_gen.go': PACKAGES,
  'terraform/internal/conns/awsclient_gen.go': CLIENTS,
  'terraform/internal/service/rds/cluster.go': 'package rds\n\nvar _ = meta.RDSClient(ctx)\n',
  'terraform/internal/service/rds/cluster_test.go': 'package rds\n\nvar _ = meta.EC2Client(ctx)\n',
  'terraform/internal/service/ec2/vpc.go': 'package ec2\n\nvar _ = meta.EC2Client(ctx)\n',
  'terraform/internal/service/ec2/smarterr.hcl': 'messages',
};

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The copies of both modules, after `changes` of the originals. */
function copied(changes: Readonly<Record<string, string>> = {}): string {
  const from = scratch();
  const files = Object.entries({ ...FILES, ...changes }).map(
    ([path, text]) => [path, bytesOf(text)] as const,
  );
  lay(from, new Map(files));
  const to = scratch();
  const modules = { provider: join(from, 'provider'), terraform: join(from, 'terraform') };
  copyFamily(modules, { service: 'rds', resources: ['aws_rds_', 'aws_db_'] }, to);
  return to;
}

const LEFT: readonly [string, boolean, string][] = [
  ['provider/apis/namespaced/rds/v1beta1/types.go', true, 'it is the family'],
  ['provider/apis/namespaced/ec2/v1beta1/types.go', false, 'of another one'],
  ['provider/internal/controller/cluster/zz_rds_setup.go', true, 'starts its controllers'],
  ['provider/internal/controller/cluster/zz_ec2_setup.go', false, 'would start those of another one'],
  ['terraform/internal/service/rds/cluster.go', true, 'it is what reconciles'],
  ['terraform/internal/service/rds/cluster_test.go', false, 'tests are not built'],
  ['terraform/internal/service/ec2/vpc.go', false, 'of another one'],
  ['terraform/internal/service/ec2/smarterr.hcl', true, 'embedded by a pattern that has to find something'],
];

describe('a family alone', () => {
  const to = copied();
  const textOf = (path: string) => readFileSync(join(to, path), 'utf8');

  test.each(LEFT)('%s: %j, %s', (path, is) => {
    expect(existsSync(join(to, path))).toBe(is);
  });

  test('lists name the service and what all share, and nothing else', () => {
    expect(textOf('provider/apis/cluster/zz_register.go').match(/v1beta1\w+/g)).toEqual([
      'v1beta1rds',
      'v1beta1own',
      'v1beta1rds',
      'v1beta1own',
    ]);
    expect(textOf('provider/config/namespaced/provider.go')).not.toContain('ec2');
    expect(textOf('provider/config/namespaced/provider.go')).toContain('AddConfig(databases.Configure)');
    expect(textOf('terraform/internal/provider/sdkv2/service_packages_gen.go')).not.toContain('ec2');
  });

  test('resources are taken by the beginning of their names', () => {
    const text = textOf('provider/config/registry_common.go');
    expect(text).toContain('if strings.HasPrefix(name, "aws_rds_") || strings.HasPrefix(name, "aws_db_") {');
    expect(text).toContain('\t"strings"\n');
    expect(text).not.toContain('make([]string, len(Names))');
  });

  test('clients that nothing calls any more go, with their imports', () => {
    const text = textOf('terraform/internal/conns/awsclient_gen.go');
    expect(text.match(/\w+Client\(ctx/g)).toEqual(['IAMClient(ctx', 'RDSClient(ctx']);
    expect(text).not.toContain(`${SDK}/ec2`);
  });
});

test('a list that is not as expected is named', () => {
  const path = 'provider/config/registry_common.go';
  const other = () => copied({ [path]: 'package config\n' });
  expect(other).toThrow(/Cannot cut ".*registry_common\.go": nothing in it is as expected of this version/);
});
