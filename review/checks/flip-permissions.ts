/** What the programs of a flip may do in their cluster: read, and raise floors. */
import type { Check } from '../check';
import { type Located, appliedOf, listAt, mapAt, prodOf, spot, textAt } from './_read';

/** Verbs that change nothing, and the one that raises a floor. */
const VERBS: ReadonlySet<unknown> = new Set(['get', 'list', 'watch', 'patch']);
const PATCHED: ReadonlySet<unknown> = new Set([
  'configmaps',
  'deployments/scale',
  'horizontalpodautoscalers',
  'primaryregions',
  'leases',
]);

/** A flip creates and deletes nothing, and changes nothing but floors, its own record and the override. */
export const flipPermissions: Check = {
  id: 'flip-permissions',
  title: 'The programs of a flip may read and raise floors, nothing else',
  severity: 'error',
  reference: 'C-06, S0-56: nothing is created in a failover',
  run: (estate, report) =>
    rolesOf(prodOf(estate)).flatMap((role) =>
      listAt(role.object, 'rules').flatMap((rule, index) =>
        excessOf(rule).map((excess) =>
          report({
            message: `${role.object.kind} ${role.object.metadata.name} allows ${excess}, expected get, list or watch, or patch of floors and the flip's own record`,
            path: spot(role, `rules[${index}]`),
            remedy: 'Take the verb or resource out, or move that work out of the failover path',
          }),
        ),
      ),
    ),
};

/** Roles bound to a service account of the platform's namespace. */
function rolesOf(clusters: Parameters<typeof appliedOf>[0]): Located[] {
  const bindings = appliedOf(clusters, 'RoleBinding', 'ClusterRoleBinding').filter(({ object }) =>
    listAt(object, 'subjects').some((subject) => textAt(subject, 'namespace') === 'flipside-system'),
  );
  const bound = new Set(bindings.map(({ cluster, object }) => `${cluster.name}/${refOf(object)}`));
  return appliedOf(clusters, 'Role', 'ClusterRole').filter(({ cluster, object }) =>
    bound.has(`${cluster.name}/${object.kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`),
  );
}

function refOf(binding: Located['object']): string {
  const { kind, name } = mapAt(binding, 'roleRef');
  return `${kind}/${kind === 'Role' ? (binding.metadata.namespace ?? '') : ''}/${name}`;
}

function excessOf(rule: unknown): string[] {
  const verbs = listAt(rule, 'verbs').filter((verb) => !VERBS.has(verb));
  const patched = listAt(rule, 'verbs').includes('patch') ? listAt(rule, 'resources') : [];
  const resources = patched.filter((resource) => !PATCHED.has(resource));
  return [...verbs.map((verb) => `"${verb}"`), ...resources.map((resource) => `patch of "${resource}"`)];
}
