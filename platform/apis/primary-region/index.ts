export { primaryRegion } from './definition';
