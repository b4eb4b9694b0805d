/**
 * How a pod leaves without losing a request. In order: the pod turns Terminating, the load balancer is told, it stops
 * sending, the container gets SIGTERM, finishes what it has and ends. All values in seconds.
 */

/**
 * Until the load balancer has surely stopped sending new requests: its controller has to see the pod go and
 * deregister it. The container keeps serving during this sleep.
 */
export const PRE_STOP = 20;

/** How long the load balancer lets running requests finish on a deregistered target. CDK sets it on target groups. */
export const DEREGISTRATION_DELAY = 30;

/** Until the kubelet kills what is left: the sleep, the running requests, and a rest to shut down. */
export const TERMINATION_GRACE = PRE_STOP + DEREGISTRATION_DELAY + 10;
