export { appSecretKind } from './definition';
