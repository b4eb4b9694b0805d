/** ACM certificates as managed resources. */
import { Certificate } from '../../../imports/acm';
import { tagsFor } from '../../../model/tags';
import type { Manifest, Observed } from '../../kind';
import { atProvider, managed } from '../../managed';
import type { SitePlan } from './plan';

/** The certificates by key. */
export const certificates = (plan: SitePlan): Record<string, Manifest> =>
  Object.fromEntries(
    plan.certificates.map(({ key, region, names }) => [
      key,
      managed(
        Certificate.manifest({
          metadata: {},
          spec: {
            forProvider: {
              region,
              domainName: names[0],
              ...(names.length > 1 && { subjectAlternativeNames: names.slice(1) }),
              validationMethod: 'DNS',
              keyAlgorithm: 'RSA_2048',
              tags: tagsFor(plan.id),
            },
          },
        }),
        { policy: 'own' },
      ),
    ]),
  );

/** True once ACM has seen the proof and signed. */
export const isIssued = (observed: Observed, key: string): boolean =>
  atProvider(observed[key]).status === 'ISSUED';
