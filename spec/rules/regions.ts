/** Two regions means two. */
import type { Rule } from '../_draft';

/** The peer is another region than home. */
export const regions: Rule = ({ estate }) => {
  const { home, peer } = estate?.parts.regions ?? {};
  if (!estate || !home || home.name !== peer?.name) return [];
  const example = home.name === 'us-east-1' ? 'us-west-2' : 'us-east-1';
  const half = `is the home region too, expected another region, for example ${example}`;
  return [estate.unfit(['regions', 'peer', 'name'], half)];
};
