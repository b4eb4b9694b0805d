/** The facts that are committed in `imports/`. */
import cloudFormation from '../../../imports/cloudformation-replacement.json';
import provider from '../../../imports/force-new.json';

export const facts = { provider, cloudFormation };
