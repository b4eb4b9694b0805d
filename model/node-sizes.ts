/** The node sizes that static capacity is counted in. */

/** One size of node and what its pods may use of it. */
export interface NodeSize {
  /** vCPUs of the instance. */
  readonly cpu: number;
  readonly milliCpu: number;
  readonly mebibytes: number;
  readonly pods: number;
}

/** Of the general-purpose family `m`: GiB for each vCPU. https://aws.amazon.com/ec2/instance-types/ (2026-11) */
export const GIB_PER_CPU = 4;

/** Most pods on a node of any of the sizes below; EKS counts memory for them in advance. */
const PODS = 110;

/** What the platform runs on each node, such as the log and metric collectors. */
const DAEMONS = { milliCpu: 250, mebibytes: 512 } as const;

/**
 * What the kubelet keeps: 80 to 150 thousandths of a CPU on these sizes, 11 MiB for each pod and 255 MiB, and 100 MiB
 * before it evicts. Karpenter takes 7.5 % of the memory for the hypervisor.
 * https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/config.go (2026-11)
 */
const KEPT = { milliCpu: 150, mebibytes: 11 * PODS + 255 + 100, hypervisor: 0.075 } as const;

const sizeOf = (cpu: number): NodeSize => ({
  cpu,
  milliCpu: cpu * 1000 - KEPT.milliCpu - DAEMONS.milliCpu,
  mebibytes:
    Math.floor(cpu * GIB_PER_CPU * 1024 * (1 - KEPT.hypervisor)) - KEPT.mebibytes - DAEMONS.mebibytes,
  pods: PODS - 10,
});

/** From small to large. Small ones lose less with each node. */
export const NODE_SIZES: readonly NodeSize[] = [4, 8, 16, 32].map(sizeOf);
