export { availabilityOf, budgetOf } from './availability';
export { capacityOf, firstShort, isQuota, shortIn } from './capacity';
export { costOf, sumOf, unknownOf } from './cost';
export { restoreOf } from './restore';
export { rpoOf } from './rpo';
export { rtoOf } from './rto';
