import { rtoOf } from '../../../review/numbers/rto';
import type { RtoFigure } from '../../../review/assessment';
import type { RenderedEstate } from '../../../review/rendered';
import { committed, declared, edited, NAMES, rewritten, withStack } from './_estates';

const p95 = (estate: RenderedEstate) => rtoOf(estate).total.p95;
const lineOf = (estate: RenderedEstate, label: string) =>
  rtoOf(estate).lines.find((line) => line.label.includes(label));

describe('the committed estates', () => {
  test.each([
    ['storefront', false],
    ['capstone', true],
    ['pilot-light', true],
    ['warm-standby', true],
    ['global-tables', true],
  ])('%s meets its objective: %s', (name, meets) => {
    expect(rtoOf(committed(name)).meets).toBe(meets);
  });

  test('storefront: no setting can bring it below five minutes, as Aurora alone takes as long', () => {
    const { remedy, lines } = rtoOf(committed('storefront'));
    expect(remedy).toBeUndefined();
    expect(lines.find(({ step }) => step === 'promotion')?.length.p95).toBeCloseTo(300);
  });

  test.each(NAMES)('%s: the critical lines follow one another and add up to the total', (name) => {
    const { lines, total } = rtoOf(committed(name));
    const critical = lines.filter((line) => line.critical);
    // Three equal databases side by side: none of them alone makes it shorter.
    const side = name === 'capstone' ? 300 : 0;
    expect(critical.reduce((sum, { length }) => sum + length.p95, side)).toBeCloseTo(total.p95);
    expect(lines.every(({ source }) => source !== '')).toBe(true);
  });

  test.each(NAMES)('%s: p50 is never above p95', (name) => {
    const { lines, total } = rtoOf(committed(name));
    expect([total, ...lines.map(({ length }) => length)].every((one) => one.p50 <= one.p95)).toBe(true);
  });
});

const base = p95(committed('storefront'));

describe('detection and names', () => {
  test('interval: 30 s instead of 10 s, three failures and one wait longer', () => {
    const slow = edited('storefront', ({ estate }) => {
      estate.traffic.healthCheck.interval = 30;
    });
    expect(p95(slow) - base).toBeCloseTo(3 * 20 + 0.95 * 20);
  });

  test('failures: one less is one interval less', () => {
    const quick = edited('storefront', ({ estate }) => {
      estate.traffic.healthCheck.failures = 2;
    });
    expect(p95(quick) - base).toBeCloseTo(-10);
  });

  test("the rendered check counts, not the estate's wish", () => {
    const drifted = rewritten('storefront', (object) => {
      if (object.kind === 'HealthCheck' && object.spec.forProvider.fqdn?.includes('us-east-1'))
        object.spec.forProvider.failureThreshold = 5;
    });
    expect(p95(drifted) - base).toBeCloseTo(20);
  });

  test('TTL: a record with a long one becomes the last thing to happen', () => {
    const long = rewritten('storefront', (object) => {
      if (object.kind !== 'Record' || !object.spec.forProvider.healthCheckId) return;
      delete object.spec.forProvider.alias;
      object.spec.forProvider.ttl = 3600;
    });
    expect(lineOf(long, 'TTL 3600 s')).toMatchObject({ critical: true });
    expect(p95(long)).toBeCloseTo(39.5 + 0.95 * 3600);
  });

  test('TTL: an alias has 60 s, whatever the estate says', () => {
    const hoped = edited('storefront', ({ estate }) => {
      estate.traffic.ttl = 10;
    });
    expect(lineOf(hoped, 'TTL 60 s')).toBeDefined();
  });
});

describe('delivery', () => {
  test('poll: p95 counts on it alone, p50 on being told', () => {
    const slow = rewritten('storefront', (object) => {
      if (object.kind === 'ConfigMap' && object.metadata.name === 'argocd-cm') {
        object.data['timeout.reconciliation'] = '10m';
        object.data['timeout.reconciliation.jitter'] = '0s';
      }
    });
    expect(lineOf(slow, 'Argo CD')?.length.p50).toBeCloseTo(1.2);
    expect(lineOf(slow, 'Argo CD')?.length.p95).toBe(570);
    expect(p95(slow)).toBeGreaterThan(base);
  });

  test('poll: the Argo CD of EKS polls every six minutes', () => {
    const managed = withStack(committed('storefront'), 'prod-eu-west-1-cluster', {
      ArgoCd: { Type: 'AWS::EKS::Capability', Properties: { Type: 'ARGOCD' } },
    });
    expect(lineOf(managed, 'polls every 360 s')).toBeDefined();
  });
});

describe('decision, stores and compute', () => {
  test('trigger: its wait replaces the person and the commit', () => {
    const automatic = edited('storefront', ({ primaryRegion }) => {
      primaryRegion.spec.trigger.automatic = true;
      primaryRegion.spec.trigger.afterSeconds = 20;
      primaryRegion.spec.trigger.acceptDataLoss = true;
    });
    const steps = rtoOf(automatic).lines.map(({ label }) => label);
    expect(steps).toContain('the trigger waits 20 s');
    expect(steps.some((label) => label.startsWith('Argo CD'))).toBe(false);
    expect(p95(automatic)).toBeLessThan(base - 60);
  });

  test('floors: one pod less than the promoted floor waits for a pod and for the load balancer', () => {
    const warm = edited('storefront', ({ services }) => {
      services[0].scale.peer = { min: 2, promoted: 4 };
    });
    expect(lineOf(committed('storefront'), 'hot pods')?.length.p95).toBe(0);
    expect(lineOf(warm, 'warm pods: account')?.length.p95).toBeCloseTo(59);
    expect(lineOf(warm, 'load balancer')?.length.p95).toBe(20);
  });

  test('static nodes: what does not fit on them waits for EC2', () => {
    const cold = rewritten('warm-standby', (object) => {
      if (object.kind === 'NodePool' && object.metadata.name.startsWith('static')) object.spec.replicas = 0;
    });
    expect(lineOf(committed('warm-standby'), 'warm pods')).toBeDefined();
    expect(lineOf(cold, 'cold pods: api, payments')).toBeDefined();
  });

  test('stores: without one there is no promotion, no fence to wait for and no endpoint to resolve', () => {
    const steps = rtoOf(committed('pilot-light')).lines.map(({ step, label }) => `${step} ${label}`);
    expect(steps.some((step) => /promotion|fence|clients/.test(step))).toBe(false);
  });
});

describe('what else is rendered', () => {
  test('no health check: somebody has to notice', () => {
    const blind = rewritten('storefront', (object) => {
      if (object.kind === 'HealthCheck') object.kind = 'Nothing';
    });
    expect(lineOf(blind, 'somebody notices')?.length.p95).toBeGreaterThan(1000);
  });

  test('the other side: with the writers in the peer, home takes over', () => {
    const flipped = edited('storefront', ({ primaryRegion }) => {
      Object.assign(primaryRegion.spec, { region: 'eu-west-1', epoch: 1 });
    });
    expect(lineOf(flipped, 'Route 53')?.source).toContain('check-peer-10s');
  });

  test('targets: those of the stacks count as soon as there are any', () => {
    const stack = withStack(committed('pilot-light'), 'prod-us-east-1-entry', {
      Web: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: { HealthCheckIntervalSeconds: 30, HealthyThresholdCount: 4 },
      },
    });
    expect(lineOf(stack, 'load balancer')?.length.p95).toBe(120);
  });
});

const within = (name: string, rto: number): RtoFigure =>
  rtoOf(declared(name, ({ estate }) => (estate.objectives.rto = rto)));

describe('remedies', () => {
  test('names the one setting that is enough', () => {
    const total = p95(committed('global-tables'));
    expect(within('global-tables', total - 70).remedy).toContain('traffic.healthCheck.interval: 10s');
  });

  test('names settings together when none is enough alone', () => {
    const total = p95(committed('global-tables'));
    const { remedy = '' } = within('global-tables', total - 200);
    expect(remedy).toContain(', and ');
    expect(remedy).toContain('spec.trigger: { automatic: true, afterSeconds: 20 }');
  });

  test('what it names really is enough', () => {
    const total = p95(committed('pilot-light'));
    const figure = within('pilot-light', total - 120);
    expect(figure.remedy).toContain('scale.peer.min');
    const floor = edited('pilot-light', ({ estate, services }) => {
      estate.objectives.rto = total - 120;
      services[0].scale.peer.min = 2;
    });
    expect(rtoOf(floor).meets).toBe(true);
  });

  test('a fixed TTL is never a remedy', () => {
    expect(within('global-tables', 60).remedy).toBeUndefined();
  });
});
