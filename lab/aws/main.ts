/** The gateway's program, told by its environment. Writes its addresses as one line of JSON when it listens. */
import * as z from 'zod';
import { type PromotionHook, startGateway } from './gateway';

const port = z.coerce.number().int().min(0).max(65_535).default(0);
const milliseconds = z.coerce.number().nonnegative().default(0);

const settings = z
  .object({
    FLIPSIDE_AWS_EMULATOR: z.url(),
    FLIPSIDE_AWS_REGIONS: z.string().min(1),
    FLIPSIDE_AWS_PORT: port,
    FLIPSIDE_AWS_CONTROL_PORT: port,
    FLIPSIDE_AWS_PROMOTION_MS: milliseconds,
    FLIPSIDE_AWS_REJOIN_MS: milliseconds,
    /** Gets `{globalClusterId, toRegion, mode}` as a POST; the writer moves once it answers 2xx. */
    FLIPSIDE_AWS_ON_PROMOTION: z.url().optional(),
  })
  .safeParse(process.env);

/** A real database takes seconds to be promoted; past this something is wrong. */
const HOOK_MS = 120_000;

const hookAt =
  (url: string): PromotionHook =>
  async (globalClusterId, toRegion, mode) => {
    const body = JSON.stringify({ globalClusterId, toRegion, mode });
    const answer = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(HOOK_MS) });
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}, expected success`);
  };

async function main(): Promise<void> {
  if (!settings.success) {
    console.error(`Cannot start the gateway: ${z.prettifyError(settings.error)}`);
    process.exit(2);
  }
  const said = settings.data;
  const hook = said.FLIPSIDE_AWS_ON_PROMOTION;
  const gateway = await startGateway({
    emulator: said.FLIPSIDE_AWS_EMULATOR,
    regions: said.FLIPSIDE_AWS_REGIONS.split(','),
    port: said.FLIPSIDE_AWS_PORT,
    controlPort: said.FLIPSIDE_AWS_CONTROL_PORT,
    promotionMs: said.FLIPSIDE_AWS_PROMOTION_MS,
    rejoinMs: said.FLIPSIDE_AWS_REJOIN_MS,
    ...(hook && { onPromotion: hookAt(hook) }),
  });
  const { endpoints, control } = gateway;
  console.log(JSON.stringify({ endpoints, control }));
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void gateway.stop().then(() => process.exit(0)));
}

void main();
