/** What the organization refuses in the estate's accounts, and which tags it holds them to. */
import type { App } from 'aws-cdk-lib';
import { CfnEnabledControl } from 'aws-cdk-lib/aws-controltower';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import type { Cluster } from '../../model/clusters';
import type { EstateModel } from '../../model/estate';
import { GLOBAL_REGION } from '../../model/guardrails';
import type { Estate } from '../../spec/estate';
import { ClusterStack } from '../stack';
import { servicePolicies, tagPolicy } from './_policies';

/** What the stack is made of. */
export interface OrganizationStackProps {
  readonly model: EstateModel;
  readonly cluster: Cluster;
  readonly organization: NonNullable<Estate['organization']>;
}

/** Stands in the management account, which no policy binds. Accounts themselves are made by hand or by Account Factory. */
export class OrganizationStack extends ClusterStack {
  constructor(scope: App, { model, cluster, organization }: OrganizationStackProps) {
    const managed = { ...cluster, account: organization.managementAccount };
    super(scope, 'organization', { model, cluster: managed }, GLOBAL_REGION);
    for (const [name, { description, content }] of Object.entries(servicePolicies(model))) {
      this.policy(name, 'SERVICE_CONTROL_POLICY', description, content, organization.unit);
    }
    const tags = tagPolicy(model.estate.name);
    this.policy(
      'tags',
      'TAG_POLICY',
      'Cost tags have one spelling and known values',
      tags,
      organization.unit,
    );
    for (const control of organization.controls) this.control(control, organization);
  }

  private policy(name: string, type: string, description: string, content: object, unit: string): void {
    new CfnPolicy(this, name, {
      name: `${this.props.model.estate.name}-${name}`,
      type,
      description,
      content,
      targetIds: [unit],
    });
  }

  /** https://docs.aws.amazon.com/controltower/latest/controlreference/controls.html (2026-11) */
  private control(
    id: string,
    { managementAccount, id: organization, unit }: OrganizationStackProps['organization'],
  ) {
    new CfnEnabledControl(this, `control-${id}`, {
      controlIdentifier: `arn:aws:controltower:${this.region}::control/${id}`,
      targetIdentifier: `arn:aws:organizations::${managementAccount}:ou/${organization}/${unit}`,
    });
  }
}
