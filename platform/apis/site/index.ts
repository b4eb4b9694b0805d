export { siteKind } from './definition';
