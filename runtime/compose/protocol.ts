/**
 * Numbers of Crossplane's function protocol, spelled here because the SDK's enums can only be loaded as ESM.
 *
 * https://github.com/crossplane/crossplane/blob/v2.3.4/proto/fn/v1/run_function.proto (2026-11)
 */
import type { Ready, Severity, Status, Target } from '@crossplane-org/function-sdk-typescript';

/** Whether an object does what was asked for. Unspecified leaves a composite to Crossplane: ready once all it composes is. */
export const READY = { unspecified: 0, yes: 1, no: 2 } as const satisfies Record<string, Ready>;

/** How bad a result is. Fatal ends the pipeline: nothing is applied, nothing is deleted. */
export const SEVERITY = { fatal: 1, normal: 3 } as const satisfies Record<string, Severity>;

/** Status of a condition, by its name in Kubernetes. */
export const STATUS = { Unknown: 1, True: 2, False: 3 } as const satisfies Record<string, Status>;

/** Which object an event or a condition lands on. There is no second object: claims here are composites. */
export const TARGET = { composite: 1 } as const satisfies Record<string, Target>;

/** Seconds until Crossplane asks again although nothing changed. */
export const TTL_SECONDS = 60;
