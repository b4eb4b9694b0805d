/** What the fake of AWS holds, and how a call and its answer look. */
import type { Store } from '../../../spec/flip';

/** One call as it arrived. */
export interface Call {
  readonly region: string;
  /** `rds:DescribeGlobalClusters`, as IAM spells it. */
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** An answer: status and body. */
export type Reply = readonly [number, string];

/** What is wrong with a call; undefined: nothing. `hang` never answers. */
export type Fault = (call: Call, nth: number) => Reply | 'hang' | undefined;

/** What AWS holds about one store. */
export interface StoreState {
  readonly store: Store;
  writer: string;
  moving: boolean;
  /** Status of each region's member. */
  readonly status: Record<string, string>;
  readonly synchronization: Record<string, string>;
  readonly versions: Record<string, string>;
  readonly instances: Record<string, number>;
  readonly tags: Record<string, Record<string, string>>;
}

/** The server and what it holds. */
export interface FakeAws {
  readonly url: string;
  readonly calls: Call[];
  readonly stores: StoreState[];
  account: string;
  /** Lag in the metric's own unit, and the names of the dimensions it is published under. */
  lag: readonly { readonly value: number; readonly dimensions: readonly string[] }[];
  fault: Fault;
  readonly stop: () => Promise<void>;
}

/** An error as the query protocol has it. */
export const failure = (code: string, message: string, status = 400): Reply => [
  status,
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>test</RequestId></ErrorResponse>`,
];
