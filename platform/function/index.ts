export { FunctionChart, type FunctionChartProps } from './chart';
