import { type Edit, both, change, dev, estateFiles, remove, write } from '../../helpers/estate';
import { type Mistake, problemsOf, testMistakes, whereOf } from '../../helpers/problems';

const estate = 'estate.yaml';
const web = 'services/web.yaml';
const orders = 'claims/sales/orders.yaml';

/** A second database claim in a file of its own. */
const claim = (team: string, file: string, name: string): Edit =>
  write(
    `claims/${team}/${file}.yaml`,
    `apiVersion: platform.flipside.dev/v1
kind: PostgresDatabase
metadata: { name: ${name}, namespace: ${team} }
spec: { size: small, version: '16' }
`,
  );

const copyOfWeb = new TextDecoder().decode(estateFiles().get(`estates/shop/${web}`));

const blockMistakes: Record<string, Mistake> = {
  'peer inside home': {
    reason: 'the regions are routed to one another',
    edit: change(estate, '10.1.0.0/16', '10.0.0.0/16'),
    where: `${estate}:6 regions.peer.cidr`,
    says: 'Cannot use "10.0.0.0/16": overlaps regions.home "10.0.0.0/16", expected a block disjoint from it, for example "10.1.0.0/16"',
  },
  'home inside a larger peer': {
    reason: 'overlap has two directions; the example has room for both',
    edit: both(
      change(estate, '10.0.0.0/16', '10.0.64.0/18'),
      change(estate, '10.1.0.0/16', '10.0.0.0/16'),
      change(
        estate,
        /tiers:[^]*/,
        'tiers:\n    public: { prefix: 24, indexes: [0, 1, 2] }\n    application: { prefix: 24, indexes: [3, 4, 5] }\ndelivery: { repository: https://git.example.com/flipside.git }\n',
      ),
    ),
    where: `${estate}:6 regions.peer.cidr`,
    says: 'overlaps regions.home "10.0.64.0/18", expected a block disjoint from it, for example "10.1.0.0/16"',
  },
  'an environment over the peer': {
    reason: 'an environment is routed to both regions',
    edit: dev('10.1.0.0/16'),
    where: `${estate}:13 environments.dev.cidr`,
    says: 'overlaps regions.peer "10.1.0.0/16", expected a block disjoint from it, for example "10.2.0.0/16"',
  },
  'a block on premises over a region': {
    reason: 'a packet for one would go to the other',
    edit: both(
      change(estate, '10.0.0.0/16', '10.0.0.0/16, attachment: tgw-attach-00000000000000001'),
      change(estate, '10.1.0.0/16', '10.1.0.0/16, attachment: tgw-attach-00000000000000002'),
      change(estate, 'network:', 'network:\n  onPremises: [10.1.0.0/20]'),
    ),
    where: `${estate}:13 network.onPremises.0`,
    says: 'overlaps regions.peer "10.1.0.0/16", expected a block disjoint from it',
  },
  'the same region twice': {
    reason: 'there would be nowhere to go',
    edit: both(change(estate, 'eu-west-1', 'us-east-1'), remove('facts/prod-eu-west-1.yaml')),
    where: `${estate}:6 regions.peer.name`,
    says: 'Cannot use "us-east-1": is the home region too, expected another region, for example us-west-2',
  },
};

describe('address blocks and regions', () => {
  testMistakes(blockMistakes);
});

const onPremisesMistakes: Record<string, Mistake> = {
  'a line for nothing': {
    reason: 'nothing would be routed to it',
    edit: change(estate, '10.0.0.0/16', '10.0.0.0/16, attachment: tgw-attach-00000000000000001'),
    where: `${estate}:5 regions.home.attachment`,
    says: 'leads nowhere, expected blocks in network.onPremises',
  },
  'ports without a network': {
    reason: 'the policy of the service would open nothing',
    edit: change(web, 'scale:', 'onPremises: [1521]\nscale:'),
    where: `${web}:4 onPremises`,
    says: 'the estate has no such network, expected blocks in network.onPremises of estate.yaml',
  },
};

describe('the way on premises', () => {
  testMistakes(onPremisesMistakes);

  test('is there from both regions: a flip takes no service away from it', () => {
    const found = problemsOf(
      both(
        change(estate, '10.0.0.0/16', '10.0.0.0/16, attachment: tgw-attach-00000000000000001'),
        change(estate, 'network:', 'network:\n  onPremises: [192.168.0.0/16]'),
      ),
    );
    expect(found.map(({ path }) => path)).toEqual(['regions.peer.attachment']);
  });
});

const subnetMistakes: Record<string, Mistake> = {
  'two tiers on one another': {
    reason: 'a free place is offered',
    edit: change(estate, '[3, 4, 5]', '[2, 3, 4]'),
    where: `${estate}:15 network.tiers.application.indexes[0]`,
    says: 'Cannot use "2": shares addresses with network.tiers.public.indexes[2], expected a free block, for example 5',
  },
  'subnets of different sizes on one another': {
    reason: 'block 1 of /19 holds blocks 2 and 3 of /20',
    edit: change(
      estate,
      'data: { prefix: 20, indexes: [6, 7, 8] }',
      'data: { prefix: 19, indexes: [1, 5, 6] }',
    ),
    where: `${estate}:16 network.tiers.data.indexes[0]`,
    says: 'expected a free block, for example 3',
  },
  'a subnet outside the VPC': {
    reason: 'a /16 has sixteen blocks of /20',
    edit: change(estate, '[6, 7, 8]', '[6, 7, 16]'),
    where: `${estate}:16 network.tiers.data.indexes[2]`,
    says: 'Cannot use "16": outside regions.home "10.0.0.0/16", expected 0 to 15',
  },
  'a tier larger than the VPC': {
    reason: 'three do not fit',
    edit: change(estate, 'data: { prefix: 20', 'data: { prefix: 17'),
    where: `${estate}:16 network.tiers.data.prefix`,
    says: 'Cannot use "17": too large for three in regions.home "10.0.0.0/16", expected 18 to 28',
  },
  'the smallest VPC counts': {
    reason: 'the tiers are the same in every environment',
    edit: dev('10.9.0.0/17'),
    where: `${estate}:18 network.tiers.data.indexes[2]`,
    says: 'outside environments.dev "10.9.0.0/17", expected 0 to 7',
  },
};

describe('subnets', () => {
  testMistakes(subnetMistakes);
});

const objectiveMistakes: Record<string, Mistake> = {
  'no RPO although there is data': {
    reason: 'without it nothing can be judged',
    edit: change(estate, 'rpo: 1m, ', ''),
    where: `${estate}:8 objectives.rpo`,
    says: 'Cannot find objectives.rpo: missing, expected how much of the data of sales/orders may be lost, for example 1m',
  },
};

describe('objectives', () => {
  testMistakes(objectiveMistakes);

  test('no RPO is needed without data', () => {
    const edit = both(
      change(estate, 'rpo: 1m, ', ''),
      remove(orders),
      change('services/catalog.yaml', 'uses: [orders]', ''),
    );
    expect(problemsOf(edit)).toEqual([]);
  });
});

const nameMistakes: Record<string, Mistake> = {
  'estate unlike its folder': {
    reason: 'the folder is how commands name it',
    edit: change(estate, 'name: shop', 'name: shops'),
    where: `${estate}:1 name`,
    says: 'Cannot use "shops": not the name of its folder, expected shop',
  },
  'service unlike its file': {
    reason: 'a file is found by the name of its service',
    edit: change(web, 'name: web', 'name: website'),
    where: `${web}:1 name`,
    says: 'Cannot use "website": not the name of its file, expected web, like the file',
  },
  'two services of one name': {
    reason: 'both files are named',
    edit: write('services/api.yaml', copyOfWeb),
    where: 'services/api.yaml:1 name',
    says: 'Cannot use "web": already the name of services/web.yaml, expected api, like the file',
  },
  'two claims of one name in two teams': {
    reason: 'services name claims without their team',
    edit: claim('pay', 'orders', 'orders'),
    where: `${orders}:3 metadata.name`,
    says: 'already the name of claims/pay/orders.yaml, expected a name used once in the estate, for example sales-orders',
  },
  'two claims of one name in one team': {
    reason: 'whatever their kinds',
    edit: claim('sales', 'cache', 'orders'),
    where: 'claims/sales/cache.yaml:3 metadata.name',
    says: 'already the name of claims/sales/orders.yaml, expected cache, like the file',
  },
  'claim unlike its file': {
    reason: 'the AWS names are made of it',
    edit: both(claim('sales', 'carts', 'cart')),
    where: 'claims/sales/carts.yaml:3 metadata.name',
    says: 'Cannot use "cart": not the name of its file, expected carts',
  },
  'namespace unlike the folder': {
    reason: 'the folder says who may change it',
    edit: change(orders, 'namespace: sales', 'namespace: pay'),
    where: `${orders}:3 metadata.namespace`,
    says: 'Cannot use "pay": not the team folder the file lies in, expected sales',
  },
};

describe('names', () => {
  testMistakes(nameMistakes);
});

const referenceMistakes: Record<string, Mistake> = {
  'unknown claim': {
    reason: 'the claims are listed, the nearest is offered',
    edit: both(
      claim('sales', 'carts', 'carts'),
      change('services/catalog.yaml', '[orders]', '[carts, ordres]'),
    ),
    where: 'services/catalog.yaml:6 uses[1]',
    says: 'Cannot find the claim "ordres": not in the estate, expected one of carts, orders (did you mean "orders"?)',
  },
  'no claims at all': {
    reason: 'then the file to write is named',
    edit: remove(orders),
    where: 'services/catalog.yaml:6 uses[0]',
    says: 'Cannot find the claim "orders": not in the estate, expected a file for it, claims/<team>/orders.yaml',
  },
  'unknown service': {
    reason: 'the services are listed, the nearest is offered',
    edit: change(web, '[catalog]', '[catalogue]'),
    where: `${web}:6 calls[0]`,
    says: 'Cannot find the service "catalogue": not in the estate, expected one of catalog, web (did you mean "catalog"?)',
  },
};

describe('references', () => {
  testMistakes(referenceMistakes);

  test('a claim that cannot be read is still there', () => {
    expect(problemsOf(write(orders, 'kind: [')).map(whereOf)).toEqual([`${orders}:1`]);
  });

  test('of a thousand names only the nearest are listed', () => {
    const many = Array.from({ length: 30 }, (_, index) => claim('sales', `store${index}`, `store${index}`));
    const [problem] = problemsOf(both(...many, change('services/catalog.yaml', '[orders]', '[order]')));
    expect(problem?.message).toMatch(
      /expected one of orders, (\w+, ){3}\w+ and 26 more \(did you mean "orders"\?\)$/,
    );
  });
});
