import { autoscaler } from '../../charts/autoscaler';
import { workloadsOf } from '../../model/workload';
import { catalog, clusterOf, HOME, type Json, model, PEER } from './_model';

const bounds = ({ spec }: Json) => [
  spec.minReplicas,
  spec.maxReplicas,
  spec.metrics[0].resource.target.averageUtilization,
];

interface Case {
  readonly reason: string;
  readonly scale: object;
  readonly home: number[];
  readonly peer: number[];
}

const cases: Record<string, Case> = {
  'S0-22, C-10 floors and ceilings: 4 to 40 at 70 % in both regions': {
    reason: 'the peer has the bounds of home',
    scale: { min: 4, max: 40, cpu: '70%' },
    home: [4, 40, 70],
    peer: [4, 40, 70],
  },
  'S0-23 a floor of 2 in the peer region only': {
    reason: 'a region may have a floor of its own',
    scale: { min: 4, max: 40, cpu: '70%', peer: { min: 2 } },
    home: [4, 40, 70],
    peer: [2, 40, 70],
  },
  'S1-25 2 to 20 at 70 %': {
    reason: 'as the seed says',
    scale: { min: 2, max: 20, cpu: '70%' },
    home: [2, 20, 70],
    peer: [2, 20, 70],
  },
  'S2-17 out above 50 %, S2-20 a standby of 0 starts at 1 once a flip raises it': {
    reason: 'an autoscaler cannot have a floor of 0',
    scale: { min: 2, max: 10, cpu: '50%', peer: { min: 0 } },
    home: [2, 10, 50],
    peer: [1, 10, 50],
  },
  'S3-12 a warm standby of 2 to 30': {
    reason: 'per position',
    scale: { min: 6, max: 40, cpu: '70%', peer: { min: 2, max: 30 } },
    home: [6, 40, 70],
    peer: [2, 30, 70],
  },
};

test.each(Object.entries(cases))('%s', (_, { scale, home, peer }) => {
  const one = model({ services: [{ scale: scale as never }] });
  expect(bounds(catalog(one, HOME, 'HorizontalPodAutoscaler'))).toEqual(home);
  expect(bounds(catalog(one, PEER, 'HorizontalPodAutoscaler'))).toEqual(peer);
});

test('a smaller environment has its own bounds', () => {
  const dev = { account: '222222222222', cidr: '10.2.0.0/16', scale: { min: 1, max: 2 } };
  const one = model({ estate: { environments: { dev } } });
  expect(bounds(catalog(one, 'dev-us-east-1', 'HorizontalPodAutoscaler'))).toEqual([1, 2, 70]);
});

test('S2-19 out at once, in slowly', () => {
  const { scaleUp, scaleDown } = catalog(model(), HOME, 'HorizontalPodAutoscaler').spec.behavior;
  expect(scaleUp).toEqual({
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 15 },
      { type: 'Pods', value: 4, periodSeconds: 15 },
    ],
  });
  expect(scaleDown).toEqual({
    stabilizationWindowSeconds: 300,
    policies: [{ type: 'Percent', value: 10, periodSeconds: 60 }],
  });
});

/** The autoscaler of a service with fields that its schema may not have yet. */
function withScale(scale: object): Json {
  const one = model();
  const [workload] = workloadsOf(one, clusterOf(one, HOME));
  if (!workload) throw new Error('Cannot find the service of the model');
  const service = { ...workload.service, scale: { ...workload.service.scale, ...scale } };
  return autoscaler({ ...workload, service });
}

test('S4-17 grow above 80 %, shrink under 20 %: tolerances 0 and 0.75', () => {
  const { behavior } = withScale({ cpu: 80, shrink: 20 }).spec;
  expect([behavior.scaleUp.tolerance, behavior.scaleDown.tolerance]).toEqual(['0', '750m']);
});

test('S4-18 requests at the entry scale the service', () => {
  expect(withScale({ requests: 100 }).spec.metrics[1].external).toEqual({
    metric: { name: 'flipside_entry_requests_per_second', selector: { matchLabels: { service: 'catalog' } } },
    target: { type: 'AverageValue', averageValue: '100' },
  });
});

test('S4-19 a metric of the application scales the service', () => {
  expect(withScale({ metric: { name: 'queue_length', average: 30 } }).spec.metrics[1].pods).toEqual({
    metric: { name: 'queue_length' },
    target: { type: 'AverageValue', averageValue: '30' },
  });
});
