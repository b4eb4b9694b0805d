/** Global Accelerator as managed resources: two fixed addresses in front of both regions' load balancers. */
import { Accelerator, EndpointGroup, Listener } from '../../../imports/globalaccelerator';
import { globalNameOf } from '../../../model/names';
import { tagsFor } from '../../../model/tags';
import type { Manifest } from '../../kind';
import { managed } from '../../managed';
import type { Answers, Spelled } from './answers';
import type { AcceleratorPlan, SitePlan } from './plan';

/** Key of the accelerator. */
export const ACCELERATOR = 'accelerator';
const LISTENER = 'accelerator-listener';

/** AWS's own default; the provider would send 0, which shuts the endpoint off. https://docs.aws.amazon.com/global-accelerator/latest/api/API_EndpointConfiguration.html (2026-11) */
const WEIGHT = 128;

/** The accelerator, its listener and an endpoint group for each region. */
export function accelerator({ id, accelerator: plan }: SitePlan, answers: Answers): Record<string, Spelled> {
  if (!plan) return {};
  return {
    [ACCELERATOR]: acceleratorItself(plan, globalNameOf('kubernetes', id), tagsFor(id)),
    [LISTENER]: listener(answers),
    ...Object.fromEntries(plan.groups.map((group) => [group.key, endpointGroup(group, answers)])),
  };
}

/** It is kept when the claim goes: its addresses may stand in the firewalls of customers and never come back. */
function acceleratorItself({ adopt }: AcceleratorPlan, name: string, tags: Record<string, string>): Manifest {
  return managed(
    Accelerator.manifest({
      metadata: {},
      spec: { forProvider: { name, enabled: true, ipAddressType: 'IPV4', tags } },
    }),
    { policy: 'keep', ...(adopt && { externalName: adopt }) },
  );
}

function listener(answers: Answers): Spelled {
  const acceleratorArn = answers(ACCELERATOR, 'id');
  if (!acceleratorArn) return 'waiting for accelerator';
  const portRange = [80, 443].map((port) => ({ fromPort: port, toPort: port }));
  return managed(
    Listener.manifest({
      metadata: {},
      spec: { forProvider: { acceleratorArn, protocol: 'TCP', portRange } },
    }),
    { policy: 'own' },
  );
}

/** Dials stay at 100: the accelerator ignores them when it fails over, and nobody may need to turn one. */
function endpointGroup(
  { region, loadBalancer }: AcceleratorPlan['groups'][number],
  answers: Answers,
): Spelled {
  const listenerArn = answers(LISTENER, 'id');
  if (!listenerArn) return 'waiting for accelerator';
  return managed(
    EndpointGroup.manifest({
      metadata: {},
      spec: {
        forProvider: {
          listenerArn,
          endpointGroupRegion: region,
          trafficDialPercentage: 100,
          endpointConfiguration: [
            { endpointId: loadBalancer, weight: WEIGHT, clientIpPreservationEnabled: true },
          ],
        },
      },
    }),
    { policy: 'own' },
  );
}
