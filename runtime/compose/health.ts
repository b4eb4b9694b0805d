/**
 * The standard gRPC health service, `Check` only: three messages of at most one field do not earn a dependency.
 *
 * https://github.com/grpc/grpc/blob/master/doc/health-checking.md (2026-11)
 */
import type { sendUnaryData, ServerUnaryCall, ServiceDefinition } from '@grpc/grpc-js';

/** Field 1 of HealthCheckResponse, an enum: SERVING is 1, NOT_SERVING is 2. */
const ANSWER = { serving: Buffer.from([0x08, 1]), notServing: Buffer.from([0x08, 2]) } as const;

const raw = (bytes: Buffer) => bytes;

/** Its only method. */
export const healthService: ServiceDefinition = {
  check: {
    path: '/grpc.health.v1.Health/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: raw,
    requestDeserialize: raw,
    responseSerialize: raw,
    responseDeserialize: raw,
  },
};

/** Answers for the whole server, whichever service is asked for. */
export const healthOf = (serving: () => boolean) => ({
  check: (_: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>) =>
    answer(null, serving() ? ANSWER.serving : ANSWER.notServing),
});
