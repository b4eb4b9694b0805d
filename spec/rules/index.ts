import type { Rule } from '../_draft';
import { blocks } from './blocks';
import { budgetShares } from './budget';
import { claimsFit } from './claims';
import { factsMatch, factsPresent } from './facts';
import { claimNames, estateName, namespaces, reservedNames, serviceNames } from './names';
import { objectives } from './objectives';
import { attachments, reachOnPremises } from './on-premises';
import { primaryRegion } from './primary-region';
import { calls, uses } from './references';
import { regions } from './regions';
import { sharing } from './sharing';
import { subnets } from './subnets';

export { betweenEstates } from './estates';

/** Every rule between the files of one estate. */
export const rules: readonly Rule[] = [
  estateName,
  regions,
  blocks,
  subnets,
  attachments,
  objectives,
  budgetShares,
  factsPresent,
  factsMatch,
  primaryRegion,
  serviceNames,
  reservedNames,
  claimNames,
  namespaces,
  uses,
  calls,
  reachOnPremises,
  sharing,
  claimsFit,
];
