/** Kubernetes quantities as numbers and back, written as the API server would write them, so that nothing differs. */

/** Thousandths of a CPU in `500m`. */
export const milliCpu = (quantity: string): number => Number.parseInt(quantity, 10);

/** MiB in `512Mi` or `1Gi`. */
export const mebibytes = (quantity: string): number =>
  Number.parseInt(quantity, 10) * (quantity.endsWith('Gi') ? 1024 : 1);

/** `500m`, or `2` when there is no fraction. */
export const cpuQuantity = (milli: number): string => (milli % 1000 === 0 ? `${milli / 1000}` : `${milli}m`);

/** `512Mi`, or `2Gi` when there is no fraction. */
export const memoryQuantity = (mebi: number): string =>
  mebi > 0 && mebi % 1024 === 0 ? `${mebi / 1024}Gi` : `${mebi}Mi`;
