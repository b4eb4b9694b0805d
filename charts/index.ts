export * from './applications';
export { NodesChart, type NodesChartProps } from './nodes';
export { ServiceChart, type ServiceChartProps } from './service';
export { TeamChart, type TeamChartProps } from './team';
