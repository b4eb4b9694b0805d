/** Tables about what there is: components with reasons, the way of a request, services, capacity. */
import { number } from '../checks/_words';
import type { Assessment } from '../assessment';
import { columns, met, type Table } from './_table';
import type { Store, Topology } from './topology';

/** What the estate is made of, and why (S0-44, S3-32). */
export const components = (topology: Topology): Table => ({
  caption: 'Components, their settings and why they were chosen',
  columns: columns('part', 'service', 'settings', 'reason'),
  rows: [
    dnsRow(topology),
    cdnRow(topology),
    computeRow(topology),
    ...STORE_ROWS.map((row) => storeRow(topology, row)),
  ],
});

const hopOf = ({ front }: Topology, id: string) => front.find((hop) => hop.id === id);

function dnsRow(topology: Topology): string[] {
  const dns = hopOf(topology, 'dns');
  if (!dns) return ['DNS', 'none', 'no Site claim', 'The estate has no public name'];
  const accelerator = hopOf(topology, 'accelerator');
  return [
    'DNS',
    accelerator ? `${dns.label}, ${accelerator.label}` : dns.label,
    accelerator ? `${dns.detail}; ${accelerator.detail}` : dns.detail,
    accelerator
      ? 'Health moves names and no record is edited in a failover; the accelerator’s two addresses spare most clients the wait for resolvers'
      : 'Health moves names: no record is edited in a failover',
  ];
}

function cdnRow(topology: Topology): string[] {
  const cdn = hopOf(topology, 'cdn');
  return cdn
    ? [
        'CDN',
        cdn.waf ? `${cdn.label} with WAF` : cdn.label,
        cdn.detail,
        'One name for both regions, TLS near the users, static files from a cache',
      ]
    : ['CDN', 'none', 'traffic.cdn: false', 'Not asked for: requests go to the load balancers directly'];
}

const computeRow = ({ sides }: Topology): string[] => [
  'compute',
  'EKS Auto Mode',
  sides
    .map(
      ({ region, nodes, zones, services }) =>
        `${region}: ${services.length} services, ${zones} zones, ${nodes} static nodes`,
    )
    .join('; '),
  sides.every(({ nodes }) => nodes > 0)
    ? 'AWS runs the nodes; the floor stands on nodes that always run, so a failover waits for none'
    : 'AWS runs the nodes; the region that waits keeps none, which costs less and lets a failover wait for them',
];

const STORE_ROWS = [
  { part: 'database', kinds: ['PostgresDatabase', 'Table'], none: 'No claim asks for a database' },
  { part: 'cache', kinds: ['Cache'], none: 'No claim asks for a cache' },
  { part: 'storage', kinds: ['Bucket'], none: 'No claim asks for a bucket' },
  { part: 'secrets', kinds: ['AppSecret'], none: 'No claim asks for one' },
] as const;

function storeRow({ stores }: Topology, { part, kinds, none }: (typeof STORE_ROWS)[number]): string[] {
  const own = stores.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
  const passwords = stores.filter(({ halves }) => halves.some(({ detail }) => detail.includes('secret')));
  if (part === 'secrets' && own.length === 0 && passwords.length > 0)
    return [
      part,
      'Secrets Manager',
      `passwords of ${passwords.map(({ name }) => name).join(', ')}, copied`,
      SECRET_REASON,
    ];
  if (own.length === 0) return [part, 'none', 'no claim', none];
  return [
    part,
    [...new Set(own.map(({ service }) => service))].join(', '),
    own
      .map(
        (store) =>
          `${store.owner}: ${store.halves[0]?.detail}, ${store.link ? 'replicated' : 'one in each region'}`,
      )
      .join('; '),
    [...new Set(own.map(reasonOf))].join('. '),
  ];
}

const SECRET_REASON = 'A copy under the key of each region: no region needs the other to start a pod';

function reasonOf({ kind, link, sessions }: Store): string {
  if (kind === 'PostgresDatabase')
    return 'One writer, and readers in the other region that one regional call promotes; the lag is about a second';
  if (kind === 'Table') return 'Both regions write: nothing has to be promoted';
  if (kind === 'Bucket') return 'Every object in both regions; time control gives the lag a bound';
  if (kind === 'AppSecret') return SECRET_REASON;
  if (link) return 'What is in it survives the loss of a region: the flip promotes the other copy';
  return sessions
    ? 'One in each region: nothing to promote, but users of a lost region sign in again'
    : 'Filled again from the stores: nothing to promote, nothing to wait for';
}

/** The way of a request, in order (S0-47). */
export function requestPath({ domain, front, sides, stores }: Topology): Table {
  const hops = front.flatMap(({ label, detail, waf, id }) => [
    [label, id === 'dns' ? `answers for ${domain}: ${detail}` : detail],
    ...(waf ? [['WAF', 'managed rules and a rate limit']] : []),
  ]);
  const before = front.some(({ waf }) => waf);
  const entry =
    sides.some(({ waf }) => waf) && !before
      ? [['WAF', 'managed rules and a rate limit, at the load balancer']]
      : [];
  const services = sides[0]?.services.filter(({ published }) => published).map(({ name }) => name) ?? [];
  const kept = stores.map(({ name, service }) => `${name} (${service})`).join(', ');
  const all = [
    ['user', `asks for ${domain}`],
    ...hops,
    ...entry,
    [
      'load balancer',
      `of ${sides
        .filter(({ serves }) => serves)
        .map(({ region }) => region)
        .join(' or ')}, which ends TLS`,
    ],
    ['container', services.length > 0 ? services.join(', ') : 'no published service'],
    ...(stores.length > 0 ? [['store', kept]] : []),
    ['response', 'the same way back'],
  ];
  return {
    caption: 'The way of a request',
    columns: columns('#hop', 'what', 'how'),
    rows: all.map(([what = '', how = ''], index) => [String(index + 1), what, how]),
  };
}

/** Workloads and their pods in each region. */
export const services = ({ sides }: Topology): Table => ({
  caption: 'Pods of each service, by region',
  columns: columns('service', 'team', ...sides.map(({ region }) => `#pods in ${region}`), 'reached'),
  rows: (sides[0]?.services ?? []).map(({ name, team, published }) => [
    name,
    team,
    ...sides.map((side) => {
      const same = side.services.find((one) => one.name === name && one.team === team);
      return same ? `${same.min} to ${same.max}` : 'none';
    }),
    published ? 'by users' : 'inside the cluster',
  ]),
});

/** Every limit against what a load needs. */
export const capacity = ({ capacity: lines }: Assessment): Table => ({
  caption: 'Limits against the surge',
  columns: columns(
    'limit',
    'cluster',
    '#there is',
    '#at the peak',
    '#a zone lost',
    '#a region lost',
    'unit',
    'holds',
    'source',
  ),
  rows: lines.map(({ limit, cluster, available, needed, unit, meets, source }) => [
    limit,
    cluster,
    number(available),
    number(needed.peak),
    number(needed.zoneLost),
    number(needed.regionLost),
    unit,
    met(meets),
    source,
  ]),
});
