/** An automatic trigger can act on the stores that the estate has. */
import type { Check } from '../check';
import type { EstateInput } from '../../spec/input';

/** A trigger that has to refuse every flip is a promise that nobody keeps. */
export const triggerAcceptsLoss: Check = {
  id: 'trigger-accepts-loss',
  title: 'An automatic trigger is allowed what it would have to do',
  severity: 'error',
  reference: 'design of the flip: an automatic flip is unplanned; X-29',
  run: ({ input }, report) => {
    const { trigger } = input.primaryRegion.spec;
    const path = `estates/${input.estate.name}/primary-region.yaml#spec.trigger`;
    const remedy = 'Set trigger.acceptDataLoss: true, or automatic: false';
    if (!trigger.automatic || trigger.acceptDataLoss || !hasWriter(input)) return [];
    const message = 'The trigger is automatic and may not lose data, so the stores refuse every flip of it';
    return [report({ message, path, remedy })];
  },
};

const hasWriter = ({ claims }: EstateInput): boolean =>
  claims.some(
    (claim) => claim.kind === 'PostgresDatabase' || (claim.kind === 'Cache' && claim.spec.scope === 'global'),
  );
