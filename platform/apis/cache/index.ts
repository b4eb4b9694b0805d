export { cacheKind } from './definition';
