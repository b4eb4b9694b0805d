/** Logins that lie in one region only are lost with it. */
import type { Check } from '../check';

/** A cache without a copy starts empty in the other region: users log in again, all at once. */
export const regionalLoginState: Check = {
  id: 'regional-login-state',
  title: 'Logins survive the loss of a region',
  severity: 'warning',
  reference: 'S0-38, X-10',
  run: ({ input }, report) =>
    input.claims.flatMap((claim) => {
      if (claim.kind !== 'Cache' || claim.spec.purpose !== 'sessions' || claim.spec.scope === 'global')
        return [];
      const { name, namespace } = claim.metadata;
      return [
        report({
          message: `Logins in the cache ${namespace}/${name} have no copy in the other region: users of a lost region are logged out, and all of them log in again at once`,
          path: `estates/${input.estate.name}/claims/${namespace}/${name}.yaml#spec.scope`,
          remedy:
            'Set scope: global, or keep logins in a database or in signed cookies and say purpose: cache',
        }),
      ];
    }),
};
