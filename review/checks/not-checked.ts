/** What the review could not look at, said aloud: silence would read as a pass. */
import type { Check } from '../check';
import { appliedOf } from './_read';

/** Nothing is green because it was not there. */
export const notChecked: Check = {
  id: 'not-checked',
  title: 'Everything that checks ask for is rendered',
  severity: 'info',
  reference: 'a check without input is not a check that passed',
  run: (estate, report) => {
    const root = `dist/${estate.input.estate.name}`;
    const stacks = estate.templates.length === 0 && {
      message:
        'No CloudFormation template is rendered, so roles in AWS, subnets, load balancers, NAT, peering, log groups, quotas and the version of EKS are not checked',
      path: `${root}/aws`,
      remedy: 'Render the stacks of clusters/',
    };
    const applications = appliedOf(estate.clusters, 'Application', 'ApplicationSet').length === 0 && {
      message: 'No Argo CD Application is rendered, so where it delivers and what it reverts is not checked',
      path: `${root}/kubernetes`,
      remedy: 'Render the root application of each cluster',
    };
    return [stacks, applications].flatMap((finding) => (finding ? [report(finding)] : []));
  },
};
