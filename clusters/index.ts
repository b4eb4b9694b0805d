export { appOf, stacksOf, templatesOf } from './app';
export { ClusterStack, type ClusterStackProps } from './stack';
