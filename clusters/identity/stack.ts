/** Who the pods of a cluster are in AWS: one role for each service account, and no role for two. */
import type { App } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { boundaryArn, boundaryName } from '../../model/boundary';
import { type Account, PROVIDER_SERVICES, providerAccount } from '../../model/identities';
import { nameFor } from '../../model/names';
import { workloadsOf } from '../../model/workload';
import type { Statement } from '../_policies';
import type { EksStack } from '../cluster/stack';
import type { DataStack } from '../data/stack';
import { zoneParameter } from '../_parts';
import { ClusterStack, type ClusterStackProps } from '../stack';
import { acceptBoundary, acceptWildcards } from './_findings';
import { boundaryDocument } from './boundary';
import { podRole } from './pod-role';
import { programsOf } from './programs';
import { providerStatements } from './providers';
import { workloadStatements } from './workloads';

/** What the stack is made of. */
export interface IdentityStackProps extends ClusterStackProps {
  readonly data: DataStack;
  readonly eks: EksStack;
}

/** Roles and Pod Identity associations of providers, programs and services. */
export class IdentityStack extends ClusterStack {
  private readonly boundary: string;
  private readonly clusterName: string;

  constructor(scope: App, props: IdentityStackProps) {
    super(scope, 'identity', props);
    const { model, cluster, data, eks } = props;
    this.addStackDependency(eks);
    this.clusterName = cluster.name;
    const where = { estate: model.estate.name, environment: cluster.environment, account: cluster.account };
    this.boundary = boundaryArn(where);
    const policy = cluster.position === 'home' ? this.boundaryPolicy(boundaryName(where)) : undefined;
    const zoneId = cluster.position === 'home' ? zoneParameter(this) : undefined;
    const common = { model, cluster, keyArn: data.keyArn, zoneId };
    const roles = [
      ...PROVIDER_SERVICES.map((service) =>
        this.role(
          providerAccount(service),
          `provider-${service}`,
          providerStatements(service, { ...common, boundary: this.boundary }),
        ),
      ),
      ...programsOf(model, cluster, data.keyArn).map(({ account, statements }) =>
        this.role(account, account.name, statements),
      ),
      ...workloadsOf(model, cluster).map((workload) => {
        const { team: namespace, name } = workload.service;
        return this.role(
          { namespace, name },
          `app-${namespace}-${name}`,
          workloadStatements(workload, common),
        );
      }),
    ];
    if (policy) roles.forEach((role) => role.addResourceDependency(policy));
  }

  private role(account: Account, suffix: string, statements: readonly Statement[]) {
    const { cluster } = this.props;
    const role = podRole(this, {
      account,
      clusterName: this.clusterName,
      roleName: nameFor('iam', [cluster.environment, cluster.region, suffix]),
      boundary: this.boundary,
      statements,
    });
    acceptWildcards(role, statements);
    return role;
  }

  /** Once for both regions, by home: IAM belongs to the account. */
  private boundaryPolicy(managedPolicyName: string): CfnManagedPolicy {
    const { model, cluster } = this.props;
    const policy = new CfnManagedPolicy(this, 'boundary', {
      managedPolicyName,
      description: 'What no role of a pod can do, whatever its own policy says',
      policyDocument: boundaryDocument(model, cluster),
    });
    acceptBoundary(policy);
    return policy;
  }
}
