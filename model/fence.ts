/** The fence: tags on a store's own AWS resources that hold the epoch of the last flip that touched it. */

/** Epoch that a promotion has declared it is working on. */
export const EPOCH_TAG = 'flipside.dev/epoch';
/** Epoch that a promotion has finished. */
export const PROMOTED_TAG = 'flipside.dev/promoted';

/**
 * The tags a fenced resource is born with. They belong in `initProvider`, never in `forProvider`: the provider drops
 * differences of keys that stand in `initProvider` alone, so it leaves what a promotion wrote.
 */
export const BORN_FENCE = { [EPOCH_TAG]: '0', [PROMOTED_TAG]: '0' } as const;
