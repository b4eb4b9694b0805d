/** What a cluster of a small estate is offered: the objects of each application of the platform. */
import { App } from 'cdk8s';
import type { Cluster } from '../../model/clusters';
import { type EstateModel, modelOf } from '../../model/estate';
import { applications } from '../../platform';
import { loadEstate } from '../../spec/load';
import { estateFiles } from '../helpers/estate';

/** A Kubernetes object as a test reads it. */
export type Json = any; // oxlint-disable-line typescript/no-explicit-any -- assertions read deep into foreign shapes

/** The estate `shop`. */
export function model(): EstateModel {
  const loaded = loadEstate('shop', estateFiles());
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return modelOf(loaded.input);
}

/** Its home and its peer cluster. */
export const clusters = (): readonly Cluster[] => model().clusters;

/** The objects of one application. */
export function objectsOf(name: string, cluster = clusters()[0]): Json[] {
  if (!cluster) throw new Error('Cannot render: the estate has no cluster');
  const application = applications(model(), cluster).find((one) => one.name === name);
  return application?.chart(new App()).toJson() ?? [];
}

/** The object of a kind in one application. */
export const objectOf = (name: string, kind: string, cluster?: Cluster): Json =>
  objectsOf(name, cluster).find((object) => object.kind === kind);
