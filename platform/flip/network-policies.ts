/** Whom the programs of the flip may talk to. */
import type { Cluster } from '../../model/clusters';
import { BEACON_PORT } from '../../model/entry';
import type { EstateModel } from '../../model/estate';
import { NOT_PUBLIC, POD_IDENTITY_AGENT, serviceNetwork, tierCidrs } from '../../model/reach';
import type { Program } from '../../model/release';
import { blockOf } from '../../spec/cidr';
import { SYSTEM_NAMESPACE } from '../../spec/claims';
import { MONITORING_NAMESPACE, namespaceSelector } from '../crossplane/namespaces';
import type { Manifest } from '../kind';
import { selectorOf } from './pod';

/** Metrics are read from inside the cluster. */
const METRICS = namespaceSelector(MONITORING_NAMESPACE);

/** Everything is denied but what each program needs, by construct id. */
export function networkPolicies(
  model: EstateModel,
  cluster: Cluster,
  automatic: boolean,
): Record<string, Manifest> {
  const from = [...blocks(tierCidrs(model, cluster, 'public')), { namespaceSelector: METRICS }];
  const entry = [{ from, ports: [tcp(BEACON_PORT)] }];
  return {
    'default-deny': policy('default-deny', { podSelector: {} }),
    'promote-network': programPolicy('promote', [], cluster),
    'beacon-network': programPolicy('beacon', entry, cluster),
    ...(automatic && { 'watch-network': programPolicy('watch', [], cluster) }),
  };
}

const policy = (name: string, spec: object): Manifest => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: SYSTEM_NAMESPACE },
  spec: { ...spec, policyTypes: ['Ingress', 'Egress'] },
});

const programPolicy = (program: Program, ingress: readonly object[], cluster: Cluster) =>
  policy(`flipside-${program}`, {
    podSelector: { matchLabels: selectorOf(program) },
    ingress,
    egress: egress(cluster),
  });

/**
 * Names, credentials, the own API server, AWS. The other region's endpoints have public addresses, as private names of
 * interface endpoints resolve in their own region alone; what is private elsewhere stays out of reach.
 */
function egress({ cidr }: Cluster) {
  const services = serviceNetwork(cidr);
  return [
    {
      to: [{ namespaceSelector: namespaceSelector('kube-system') }, ...blocks([services.dns])],
      ports: [{ protocol: 'UDP', port: 53 }, tcp(53)],
    },
    { to: blocks([POD_IDENTITY_AGENT]), ports: [tcp(80)] },
    { to: [...blocks([apiServer(services.cidr), cidr]), internet], ports: [tcp(443)] },
  ];
}

/** Service `kubernetes` has the first address of the block; a policy is applied before it is translated. */
const apiServer = (services: string) => blockOf(services, 32, 1) ?? services;

const internet = { ipBlock: { cidr: '0.0.0.0/0', except: [...NOT_PUBLIC] } };
const tcp = (port: number) => ({ protocol: 'TCP', port });
const blocks = (cidrs: readonly string[]) => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
