export { bucketKind } from './definition';
