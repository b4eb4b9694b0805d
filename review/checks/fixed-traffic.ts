/** What steers traffic is set up for home and peer, and stays as it is whoever is primary. */
import type { Check } from '../check';
import type { RenderedEstate } from '../rendered';
import { type Located, composedOf, prodOf, spot, textAt, wanted } from './_read';

/** A record or a dial that followed the primary region would have to be written during a failover. */
export const fixedTraffic: Check = {
  id: 'fixed-traffic',
  title: 'Records and dials depend on home and peer, never on who is primary',
  severity: 'error',
  reference: 'C-06, S3-29, X-14, X-16: only health changes in a failover',
  run: (estate, report) => [
    ...composedOf(prodOf(estate), 'route53/Record')
      .filter((record) => isTurned(estate, record))
      .map((record) =>
        report({
          message: `The ${textAt(wanted(record), 'failoverRoutingPolicy.type')} record stands for ${textAt(wanted(record), 'setIdentifier')}, expected PRIMARY for home and SECONDARY for the peer`,
          path: spot(record, 'spec.forProvider.failoverRoutingPolicy.type'),
          remedy:
            'Keep PRIMARY with the home region; its health check gives way once the peer has taken over',
        }),
      ),
    ...composedOf(prodOf(estate), 'globalaccelerator/EndpointGroup')
      .filter((group) => wanted(group).trafficDialPercentage !== 100)
      .map((group) =>
        report({
          message: `The traffic dial of ${textAt(wanted(group), 'endpointGroupRegion')} is ${String(wanted(group).trafficDialPercentage)}, expected 100`,
          path: spot(group, 'spec.forProvider.trafficDialPercentage'),
          remedy:
            'Set it to 100: an accelerator ignores dials when it fails over, and turning one needs us-west-2',
        }),
      ),
  ],
};

function isTurned({ input }: RenderedEstate, record: Located): boolean {
  const type = textAt(wanted(record), 'failoverRoutingPolicy.type');
  if (!type) return false;
  const home = textAt(wanted(record), 'setIdentifier') === input.estate.regions.home.name;
  return home !== (type === 'PRIMARY');
}
