import type { Assessment } from '../assessment';
import type { RenderedEstate } from '../rendered';
import { architectureSvg } from './diagram';
import { reportMarkdown } from './markdown';
import { reportPage } from './page';

export { architectureSvg } from './diagram';
export { reportMarkdown } from './markdown';
export { reportPage } from './page';

/** The report of an estate: text by path below `dist/<estate>/`. Pure: the same input gives the same bytes. */
export const reportFiles = (estate: RenderedEstate, assessment: Assessment): [string, string][] => [
  ['review/index.html', reportPage({ estate, assessment })],
  ['review/README.md', reportMarkdown(estate, assessment)],
  ['review/architecture.svg', architectureSvg(estate)],
];
