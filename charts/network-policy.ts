/** Who may talk to a service, and whom it may talk to. Everything else is denied by its namespace. */
import { k8s } from 'cdk8s-plus-28';
import type { Cluster } from '../model/clusters';
import type { EstateModel } from '../model/estate';
import { selectorOf } from '../model/labels';
import {
  farTierCidrs,
  NOT_PUBLIC,
  POD_IDENTITY_AGENT,
  type Reach,
  reachOf,
  serviceNetwork,
  tierCidrs,
} from '../model/reach';
import type { Workload } from '../model/workload';

type Service = Workload['service'];

/** The NetworkPolicy of a workload. */
export const networkPolicy = (
  workload: Workload,
  model: EstateModel,
  cluster: Cluster,
): k8s.KubeNetworkPolicyProps => ({
  metadata: { name: workload.service.name },
  spec: {
    podSelector: { matchLabels: selectorOf(workload.service.name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: ingress(workload, model, cluster),
    egress: egress(workload, model, cluster),
  },
});

/** The load balancer sends from its own subnets straight to the pods. */
function ingress({ service, callers }: Workload, model: EstateModel, cluster: Cluster) {
  const entry = service.paths.length > 0 ? blocks(tierCidrs(model, cluster, 'public')) : [];
  const from = [...entry, ...callers.map(podsOf)];
  return from.length > 0 ? [{ from, ports: [tcp(service.port)] }] : [];
}

function egress({ service, calls, claims }: Workload, model: EstateModel, cluster: Cluster) {
  const reaches = claims.map(reachOf);
  return [
    dns(cluster),
    { to: blocks([POD_IDENTITY_AGENT]), ports: [tcp(80)] },
    { to: https(reaches, cluster), ports: [tcp(443)] },
    ...calls.map((called) => ({ to: [podsOf(called)], ports: [tcp(called.port)] })),
    ...stores(reaches, model, cluster),
    ...onPremises(service, model, cluster),
  ];
}

/** On nodes of Auto Mode DNS has an address and no pods; elsewhere it has pods. */
const dns = ({ cidr }: Cluster) => ({
  to: [{ namespaceSelector: namespace('kube-system') }, ...blocks([serviceNetwork(cidr).dns])],
  ports: [{ protocol: 'UDP', port: k8s.IntOrString.fromNumber(53) }, tcp(53)],
});

/** Interface endpoints of AWS services are in the VPC. */
function https(reaches: readonly Reach[], { cidr }: Cluster): k8s.NetworkPolicyPeer[] {
  const internet = { ipBlock: { cidr: '0.0.0.0/0', except: [...NOT_PUBLIC] } };
  return [...blocks([cidr]), ...(reaches.some((reach) => reach.internet) ? [internet] : [])];
}

/** One rule for each port, so that two databases do not open the same subnets twice. */
function stores(reaches: readonly Reach[], model: EstateModel, cluster: Cluster) {
  const ports = new Map(reaches.flatMap(({ port, far }) => (port ? [[port, far] as const] : [])));
  return [...ports].map(([port, far]) => ({
    to: blocks([...tierCidrs(model, cluster, 'data'), ...(far ? farTierCidrs(model, cluster, 'data') : [])]),
    ports: [tcp(port)],
  }));
}

/** Only from clusters that another region takes over from: the others have no transit gateway. */
function onPremises({ onPremises: ports }: Service, { estate }: EstateModel, { placement }: Cluster) {
  if (ports.length === 0 || !placement.peer) return [];
  return [{ to: blocks(estate.network.onPremises), ports: ports.map(tcp) }];
}

const tcp = (port: number): k8s.NetworkPolicyPort => ({
  protocol: 'TCP',
  port: k8s.IntOrString.fromNumber(port),
});

const blocks = (cidrs: readonly string[]): k8s.NetworkPolicyPeer[] =>
  cidrs.map((cidr) => ({ ipBlock: { cidr } }));

const podsOf = ({ name, team }: Service): k8s.NetworkPolicyPeer => ({
  namespaceSelector: namespace(team),
  podSelector: { matchLabels: selectorOf(name) },
});

const namespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
