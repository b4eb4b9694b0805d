/** How one team's connection Secret reaches another's namespace: by that Secret's name, and nothing else. */
import type { Construct } from 'constructs';
import { k8s } from 'cdk8s-plus-28';
import { ExternalSecret, SecretStore } from '../imports/externalsecrets';
import { connectionSecret } from '../model/connection';
import type { Share } from '../model/sharing';

/** The account in the receiver's namespace that may read what is shared with it. */
const READER = 'shared-connections';

/** How soon a changed connection arrives. */
const REFRESH = '1m';

/** In the owner's namespace: the receiver's account may read this one Secret. */
export function lend(scope: Construct, { claim, owner, receiver }: Share): void {
  const name = `${claim}-to-${receiver}`;
  new k8s.KubeRole(scope, `role-${name}`, {
    metadata: { name, namespace: owner },
    rules: [
      { apiGroups: [''], resources: ['secrets'], resourceNames: [connectionSecret(claim)], verbs: ['get'] },
    ],
  });
  new k8s.KubeRoleBinding(scope, `binding-${name}`, {
    metadata: { name, namespace: owner },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: READER, namespace: receiver }],
  });
}

/** In the receiver's namespace: the account that reads, once for all that is shared. */
export const reader = (scope: Construct, receiver: string): void => {
  new k8s.KubeServiceAccount(scope, 'reader', {
    metadata: { name: READER, namespace: receiver },
    automountServiceAccountToken: false,
  });
};

/** In the receiver's namespace: a copy of the Secret under the same name, kept in step. */
export function borrow(scope: Construct, { claim, owner, receiver }: Share): void {
  const secret = connectionSecret(claim);
  const store = `${owner}-${claim}`;
  new SecretStore(scope, `store-${store}`, {
    metadata: { name: store, namespace: receiver },
    spec: {
      provider: {
        kubernetes: {
          remoteNamespace: owner,
          server: { caProvider: { type: 'ConfigMap', name: 'kube-root-ca.crt', key: 'ca.crt' } },
          auth: { serviceAccount: { name: READER } },
        },
      },
    },
  });
  new ExternalSecret(scope, `secret-${store}`, {
    metadata: { name: secret, namespace: receiver },
    spec: {
      refreshInterval: REFRESH,
      secretStoreRef: { kind: 'SecretStore', name: store },
      target: { name: secret, creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      // The API server's own defaults, said: a list is compared whole, and Argo CD would see a difference for ever.
      dataFrom: [
        {
          extract: {
            key: secret,
            conversionStrategy: 'Default',
            decodingStrategy: 'None',
            metadataPolicy: 'None',
          },
        },
      ],
    },
  });
}
