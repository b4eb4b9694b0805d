/** What AWS answered about a cluster's own region. */
import { here } from '../spec/placement';
import type { Facts } from '../spec/facts';
import type { Cluster } from './clusters';

/** The facts of a cluster. */
export const factsOf = ({ placement }: Cluster): Facts => here(placement).facts;
