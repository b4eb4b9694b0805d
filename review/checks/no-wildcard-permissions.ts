/** No role may do everything, or something to everything. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { appliedOf, at, composedOf, leavesOf, listAt, spot, textAt, wanted } from './_read';

/** Actions that read without naming a resource; IAM knows no resource for them. */
const LOOKS = /^[a-z0-9-]+:(Describe|List|Get|BatchGet|Query|Search)/;

/** Kinds of CloudFormation that carry what a role may do. A key's own policy means the key by `*`. */
const IAM = /^AWS::IAM::(Policy|Role|ManagedPolicy|RolePolicy)$/;

/** Least privilege, in the cluster and in AWS. */
export const noWildcardPermissions: Check = {
  id: 'no-wildcard-permissions',
  title: 'No role may do everything, or something to everything',
  severity: 'error',
  reference: 'S0-56, S1-60, S2-34, S4-22, C-15',
  run: (estate, report) =>
    excesses(estate).map(([path, what]) =>
      report({
        message: `Allows ${what}, expected named actions on named resources`,
        path,
        remedy: 'Name what the program calls and what it calls it on, or limit it by a condition',
      }),
    ),
};

type Excess = readonly [path: string, what: string];

const excesses = (estate: RenderedEstate): Excess[] => {
  const boundaries = boundariesOf(estate);
  return [
    ...composedOf(estate.clusters, 'iam/RolePolicy', 'iam/Policy', 's3/BucketPolicy').flatMap((item) =>
      statementsIn(textAt(wanted(item), 'policy'))
        .flatMap(excessOf)
        .map((what): Excess => [spot(item, 'spec.forProvider.policy'), what]),
    ),
    ...estate.templates.flatMap(({ file, resources }) =>
      Object.entries(resources)
        .filter(([, { Type }]) => IAM.test(Type))
        .filter(
          ([id, { Properties }]) =>
            !boundaries.has(id) && !boundaries.has(textAt(Properties, 'ManagedPolicyName')),
        )
        .flatMap(([id, { Properties }]) =>
          documentsIn(Properties)
            .flatMap(excessOf)
            .map((what): Excess => [`${file}#Resources/${id}`, what]),
        ),
    ),
    ...appliedOf(estate.clusters, 'Role', 'ClusterRole').flatMap((item) =>
      leavesOf(item.object['rules'])
        .filter(([, value]) => value === '*')
        .map(([rule]): Excess => [spot(item, `rules${rule}`), 'everything ("*")']),
    ),
  ];
};

/** Policies, by logical id and by name, that only bound what roles may do: they grant nothing. */
const boundariesOf = ({ templates }: RenderedEstate): ReadonlySet<string> =>
  new Set(
    templates
      .flatMap(({ resources }) => Object.values(resources))
      .filter(({ Type }) => Type === 'AWS::IAM::Role')
      .map(({ Properties }) => at(Properties, 'PermissionsBoundary'))
      .map((boundary) => textAt(boundary, 'Ref') || String(boundary).replace(/^.*:policy\//, '')),
  );

/** A statement as it is written, in JSON or in a template. */
interface Statement {
  readonly Effect?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
  readonly Principal?: unknown;
}

function statementsIn(policy: string): Statement[] {
  if (!policy) return [];
  const { Statement: statements } = JSON.parse(policy) as { Statement: Statement | Statement[] };
  return [statements].flat();
}

/** Every statement below a property of a template, wherever its document stands. */
function documentsIn(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = listAt(value, 'Statement') as readonly Statement[];
  return [...own, ...Object.values(value).flatMap(documentsIn)];
}

function excessOf({ Effect, Action, NotAction, Resource, Condition, Principal }: Statement): string[] {
  if (Effect !== 'Allow') return [];
  if (NotAction !== undefined) return ['everything but a few actions (NotAction)'];
  const actions = [Action].flat().map(String);
  const wide = actions.filter((action) => action === '*' || /^[a-z0-9-]+:\*$/.test(action));
  const onAll = [Resource].flat().includes('*') && Condition === undefined;
  const changing = actions.filter((action) => !LOOKS.test(action));
  return [
    ...wide.map((action) => `the action "${action}"`),
    ...(onAll && changing.length > 0 ? [`${changing.slice(0, 3).join(', ')} on every resource`] : []),
    ...(Principal === '*' && Condition === undefined ? ['anybody (principal "*")'] : []),
  ];
}
