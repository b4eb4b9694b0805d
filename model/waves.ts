/** The order in which a cluster receives its applications, as Argo CD sync waves. */
export const WAVES = {
  /** Namespaces, APIs and their function. */
  platform: 0,
  /** Nodes before anything that runs on them. */
  nodes: 1,
  teams: 2,
  /** The regional claim before the stores, so that its status can watch them. */
  primaryRegion: 3,
  claims: 4,
  services: 5,
} as const;

/** Name of a wave. */
export type Wave = keyof typeof WAVES;
