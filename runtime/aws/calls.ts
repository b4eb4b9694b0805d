/** The IAM actions of the programs, which CDK grants them: the list is in `model`. */
export { BEACON_CALLS, PROMOTE_CALLS, WATCH_CALLS } from '../../model/calls';
