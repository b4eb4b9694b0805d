/** The fence as AWS tags: both services list and add them in the same shape. */
import { EPOCH_TAG, PROMOTED_TAG } from '../../model/fence';
import type { Fence } from '../promote/ports';

/** A tag as the SDK has it. */
export interface Tag {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** The epochs in a list of tags; a resource born without them counts as epoch 0. */
export function fenceOf(tags: readonly Tag[] | undefined): Fence {
  return { epoch: numberOf(tags, EPOCH_TAG), promoted: numberOf(tags, PROMOTED_TAG) };
}

function numberOf(tags: readonly Tag[] = [], key: string): number {
  const text = tags.find((tag) => tag.Key === key)?.Value ?? '0';
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`Cannot read the tag ${key} "${text}": expected a whole number`);
  return value;
}

/** The tags that record these epochs. */
export function tagsOf({ epoch, promoted }: Partial<Fence>): Tag[] {
  return [
    ...(epoch === undefined ? [] : [{ Key: EPOCH_TAG, Value: String(epoch) }]),
    ...(promoted === undefined ? [] : [{ Key: PROMOTED_TAG, Value: String(promoted) }]),
  ];
}
