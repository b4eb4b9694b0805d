import { change, write } from '../../helpers/estate';
import { type Mistake, testMistakes } from '../../helpers/problems';

const estate = 'estate.yaml';
const web = 'services/web.yaml';
const orders = 'claims/sales/orders.yaml';

const keyMistakes: Record<string, Mistake> = {
  'unknown key': {
    reason: 'a typing mistake must not be ignored',
    edit: change(estate, 'routing: latency', 'routing: latency\n  colour: red'),
    where: `${estate}:11 traffic.colour`,
    says: 'Cannot use the key "colour": unknown, expected one of routing, cdn, waf',
  },
  'nearly a known key': {
    reason: 'the nearest is offered',
    edit: change(web, 'paths:', 'pahts:'),
    where: `${web}:5 pahts`,
    says: '(did you mean "paths"?)',
  },
  'missing key': {
    reason: 'the parent is the place',
    edit: change(estate, ', cidr: 10.1.0.0/16', ''),
    where: `${estate}:6 regions.peer.cidr`,
    says: 'Cannot find regions.peer.cidr: missing, expected an IPv4 block, for example 10.0.0.0/16',
  },
  'empty value': {
    reason: 'a key without a value is not a mapping',
    edit: change(web, '{ min: 2, max: 20, cpu: 70% }', ''),
    where: `${web}:4 scale`,
    says: 'Cannot use scale: is empty, expected a mapping',
  },
  'key of a record': {
    reason: 'names of environment variables have a form',
    edit: change(web, 'calls:', 'env: { lower: x }\ncalls:'),
    where: `${web}:6 env.lower`,
    says: 'Cannot use the key "lower": expected',
  },
  __proto__: {
    reason: 'a key like any other unknown one',
    edit: change(web, 'calls:', '__proto__: { team: sales }\ncalls:'),
    where: `${web}:6 __proto__`,
    says: 'unknown, expected one of',
  },
};

describe('keys', () => {
  testMistakes(keyMistakes);
});

const scalarMistakes: Record<string, Mistake> = {
  'bad block': {
    reason: 'not an address block',
    edit: change(estate, '10.1.0.0/16', '10.1.0.0'),
    where: `${estate}:6 regions.peer.cidr`,
    says: 'Cannot use "10.1.0.0": expected an IPv4 block, for example 10.0.0.0/16',
  },
  'host bits': {
    reason: 'AWS would round it down in silence',
    edit: change(estate, '10.1.0.0/16', '10.1.2.3/16'),
    where: `${estate}:6 regions.peer.cidr`,
    says: 'has host bits set, expected 10.1.0.0/16',
  },
  'block too small': {
    reason: 'three tiers over three zones need room',
    edit: change(estate, '10.1.0.0/16', '10.1.2.0/30'),
    where: `${estate}:6 regions.peer.cidr`,
    says: 'Cannot use "10.1.2.0/30": prefix 30, expected 16 to 28, for example 10.1.0.0/16',
  },
  'octal block': {
    reason: 'a leading zero changes the number',
    edit: change(estate, '10.1.0.0/16', '012.1.0.0/16'),
    where: `${estate}:6 regions.peer.cidr`,
    says: 'written in another form, expected 10.1.0.0/16',
  },
  'two zones': {
    reason: 'quorums need three',
    edit: change(estate, 'cidr: 10.0.0.0/16', 'cidr: 10.0.0.0/16, zones: [a, b]'),
    where: `${estate}:5 regions.home.zones`,
    says: 'Cannot use "[a, b]": 2 zones, expected exactly three',
  },
  'a zone twice': {
    reason: 'three names of two zones are two zones',
    edit: change(estate, 'cidr: 10.0.0.0/16', 'cidr: 10.0.0.0/16, zones: [a, b, a]'),
    where: `${estate}:5 regions.home.zones`,
    says: 'names a zone twice, expected three different',
  },
  'bad duration': {
    reason: 'a unit is needed',
    edit: change(estate, 'rto: 5m', 'rto: 5 minutes'),
    where: `${estate}:8 objectives.rto`,
    says: 'Cannot use "5 minutes": expected a whole number and s, m, h or d, for example 30s',
  },
  'health check interval': {
    reason: 'Route 53 has two',
    edit: change(estate, 'interval: 10s', 'interval: 2s'),
    where: `${estate}:11 traffic.healthCheck.interval`,
    says: 'Cannot use "2s": expected 10s or 30s, the intervals Route 53 has',
  },
  'CPU target of 0 %': {
    reason: 'the autoscaler would never rest',
    edit: change(web, '70%', '0%'),
    where: `${web}:4 scale.cpu`,
    says: 'Cannot use "0%": out of range, expected 1% to 100%',
  },
  'CPU target of 101 %': {
    reason: 'the autoscaler would never act',
    edit: change(web, '70%', '101%'),
    where: `${web}:4 scale.cpu`,
    says: 'Cannot use "101%": out of range, expected 1% to 100%',
  },
  'number as string': {
    reason: 'quotes make a string',
    edit: change(web, 'min: 2', 'min: "2"'),
    where: `${web}:4 scale.min`,
    says: 'Cannot use "2": is a string, expected a whole number of 0 to 1000, without quotes',
  },
  'number with a fraction': {
    reason: 'no half pods',
    edit: change(web, 'min: 2', 'min: 2.5'),
    where: `${web}:4 scale.min`,
    says: 'Cannot use "2.5": is a number with a fraction, expected a whole number of 0 to 1000',
  },
  'number out of range': {
    reason: 'both bounds are told',
    edit: change(web, 'min: 2', 'min: -1'),
    where: `${web}:4 scale.min`,
    says: 'Cannot use "-1": out of range, expected 0 to 1000',
  },
  'account without quotes': {
    reason: 'a number loses leading zeros; the text as typed is repeated',
    edit: change(estate, `'111111111111'`, '012345678901'),
    where: `${estate}:2 account`,
    says: 'Cannot use "012345678901": is a whole number, expected twelve digits in quotes, for example "111111111111"',
  },
  'unknown choice': {
    reason: 'the nearest is offered',
    edit: change(estate, 'active-active', 'active-activ'),
    where: `${estate}:7 pattern`,
    says: 'expected one of active-active, warm-standby, pilot-light (did you mean "active-active"?)',
  },
  'image without digest': {
    reason: 'a tag can move between two regions',
    edit: change(web, /web@sha256:\w+/, 'web:1.2'),
    where: `${web}:3 image`,
    says: 'Cannot use "web:1.2": expected name@sha256:<64 hex digits>',
  },
  'min above max': {
    reason: 'no number of pods fits',
    edit: change(web, 'min: 2', 'min: 21'),
    where: `${web}:4 scale.min`,
    says: 'Cannot use "21": above max, expected at most 20',
  },
  'peer max below the min of home': {
    reason: 'the peer inherits what it does not state',
    edit: change(web, 'cpu: 70%', 'cpu: 70%, peer: { max: 1 }'),
    where: `${web}:4 scale.peer.max`,
    says: 'below min, expected at least 2',
  },
  'promoted above max': {
    reason: 'the floor after a flip lies under the ceiling',
    edit: change(web, 'cpu: 70%', 'cpu: 70%, peer: { promoted: 50 }'),
    where: `${web}:4 scale.peer.promoted`,
    says: 'above max, expected at most 20',
  },
  'what a terminal would obey': {
    reason: 'a message repeats the value, not its control characters',
    edit: change(web, 'team: sales', 'team: "\\e[2J"'),
    where: `${web}:2 team`,
    says: 'Cannot use "\\u{1b}[2J": expected',
  },
};

describe('scalars', () => {
  testMistakes(scalarMistakes);
});

const claimMistakes: Record<string, Mistake> = {
  'unknown kind': {
    reason: 'the kinds are listed',
    edit: change(orders, 'PostgresDatabase', 'PostgresDatabse'),
    where: `${orders}:2 kind`,
    says: 'PostgresDatabase',
  },
  'no kind': {
    reason: 'without it nothing is known of the spec',
    edit: change(orders, 'kind: PostgresDatabase\n', ''),
    where: `${orders}:1 kind`,
    says: 'Cannot find kind: missing, expected',
  },
  'wrong apiVersion': {
    reason: 'another version is another shape',
    edit: change(orders, 'flipside.dev/v1', 'flipside.dev/v2'),
    where: `${orders}:1 apiVersion`,
    says: 'Cannot use "platform.flipside.dev/v2": expected platform.flipside.dev/v1',
  },
  'unknown size': {
    reason: 'sizes are words',
    edit: change(orders, 'size: small', 'size: tiny'),
    where: `${orders}:4 spec.size`,
    says: 'expected one of small, medium, large, xlarge',
  },
  'unplanned without consent': {
    reason: 'the API server would refuse it too',
    edit: change('primary-region.yaml', 'epoch: 0', 'epoch: 1, mode: Unplanned'),
    where: 'primary-region.yaml:4 spec.acceptDataLoss',
    says: 'expected acceptDataLoss: true',
  },
  'regional claim of another kind': {
    reason: 'primary-region.yaml holds a PrimaryRegion',
    edit: change('primary-region.yaml', 'PrimaryRegion', 'Primary'),
    where: 'primary-region.yaml:2 kind',
    says: 'Cannot use "Primary": expected PrimaryRegion',
  },
};

describe('claims', () => {
  testMistakes(claimMistakes);
});

const facts = 'facts/prod-us-east-1.yaml';
const factMistakes: Record<string, Mistake> = {
  'bad id': {
    reason: 'ids have a form',
    edit: change(facts, 'vpc-00000000000000001', 'vpc-1'),
    where: `${facts}:3 vpc.id`,
    says: 'expected an id like vpc-0a1b2c3d4e5f67890',
  },
  'two subnets': {
    reason: 'one in each zone',
    edit: change(facts, ', subnet-00000000000000113', ''),
    where: `${facts}:5 subnets.public`,
    says: '2 subnets, expected three',
  },
  'a file without anything it needs to be a mapping': {
    reason: 'a scalar is no mapping',
    edit: write(facts, 'facts\n'),
    where: `${facts}:1`,
    says: 'Cannot use "facts": is a string, expected a mapping',
  },
};

describe('facts', () => {
  testMistakes(factMistakes);
});
