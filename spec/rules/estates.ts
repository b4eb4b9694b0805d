/** AWS names begin with the estate's name and a hyphen, so no estate may be named like the beginning of another. */
import type { Draft } from '../_draft';
import type { Problem } from '../problem';

/** A rule over all estates. */
export function betweenEstates(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap(({ name, estate }) => {
    const shorter = drafts.find((other) => name.startsWith(`${other.name}-`));
    if (!shorter || !estate) return [];
    const half = `extends the name of estate "${shorter.name}" by a hyphen, so their AWS names could be equal`;
    const example = name.replaceAll('-', '');
    return [estate.unfit(['name'], `${half}, expected another name, for example ${example}`)];
  });
}
