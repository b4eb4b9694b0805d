/** Numbers that the requirements of the five committed estates ask for, by estate. */
import type { EstateInput } from '../../spec/input';

/** A number of a requirement, and where the estate says its own. */
export interface AskedNumber {
  /** Of the requirement, as an assumption names it. */
  readonly id: string;
  readonly what: string;
  readonly asked: string | number;
  /** In estate.yaml, or a file of a service. */
  readonly path: string;
  readonly read: (input: EstateInput) => string | number | undefined;
}

const rto = (id: string, asked: number): AskedNumber => ({
  id,
  what: 'The RTO in seconds',
  asked,
  path: 'objectives.rto',
  read: ({ estate }) => estate.objectives.rto,
});

const rpo = (id: string, asked: number): AskedNumber => ({
  id,
  what: 'The RPO in seconds',
  asked,
  path: 'objectives.rpo',
  read: ({ estate }) => estate.objectives.rpo,
});

const availability = (id: string, asked: number): AskedNumber => ({
  id,
  what: 'The availability in percent',
  asked,
  path: 'objectives.availability',
  read: ({ estate }) => estate.objectives.availability,
});

const regions = (id: string, asked: string): AskedNumber => ({
  id,
  what: 'The pair of regions',
  asked,
  path: 'regions',
  read: ({ estate }) => `${estate.regions.home.name} and ${estate.regions.peer.name}`,
});

const healthCheck = (id: string, asked: string): AskedNumber => ({
  id,
  what: 'The health check',
  asked,
  path: 'traffic.healthCheck',
  read: ({ estate }) =>
    `${estate.traffic.healthCheck.interval} s, ${estate.traffic.healthCheck.failures} failures`,
});

/** `<min> to <max> at <cpu>%`, of every service that is scaled otherwise than asked, else of the first. */
const scale = (id: string, asked: string): AskedNumber => ({
  id,
  what: 'The scale of the services',
  asked,
  path: 'services',
  read: ({ services }) => {
    const scales = services.map(
      (service) => `${service.scale.min} to ${service.scale.max} at ${service.scale.cpu}%`,
    );
    return scales.find((one) => one !== asked) ?? scales[0];
  },
});

const cpu = (id: string, asked: number): AskedNumber => ({
  id,
  what: 'The CPU target in percent',
  asked,
  path: 'services',
  read: ({ services }) =>
    services.map(({ scale: { cpu: target } }) => target).find((one) => one !== asked) ?? asked,
});

/** `<min> to <max>` in the peer region. */
const standby = (id: string, asked: string): AskedNumber => ({
  id,
  what: 'The scale of the standby',
  asked,
  path: 'services',
  read: ({ services }) => {
    const scales = services.map(
      ({ scale: { min, max, peer } }) => `${peer.min ?? min} to ${peer.max ?? max}`,
    );
    return scales.find((one) => one !== asked) ?? scales[0];
  },
});

/** By name of the estate; another estate has no requirement but its own. */
export const NUMBERS: Readonly<Record<string, readonly AskedNumber[]>> = {
  storefront: [
    regions('S0-01', 'us-east-1 and eu-west-1'),
    availability('S0-02', 99.99),
    rto('S0-03', 300),
    rpo('S0-04', 60),
    {
      id: 'S0-06',
      what: 'The surge',
      asked: 10,
      path: 'objectives.surge',
      read: ({ estate }) => estate.objectives.surge,
    },
    healthCheck('S0-11', '10 s, 3 failures'),
    scale('S0-22', '4 to 40 at 70%'),
  ],
  capstone: [regions('S1-27', 'us-east-1 and eu-west-1'), scale('S1-25', '2 to 20 at 70%')],
  'pilot-light': [regions('S2-02', 'us-west-2 and us-east-1'), cpu('S2-17', 50), standby('S2-20', '0 to 8')],
  'warm-standby': [
    regions('S3-06', 'us-east-1 and us-west-2'),
    availability('S3-03', 99.99),
    rto('S3-04', 900),
    rpo('S3-05', 300),
    healthCheck('S3-08', '10 s, 3 failures'),
    standby('S3-12', '2 to 30'),
  ],
  'global-tables': [
    regions('S4-02', 'us-east-1 and us-west-2'),
    cpu('S4-17', 80),
    healthCheck('S4-34', '30 s, 3 failures'),
    rto('S4-88', 900),
    rpo('S4-89', 300),
  ],
};
