export { primaryRegionKind } from './definition';
