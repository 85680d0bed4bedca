import '@mantine/charts/styles.css';
import { BarChart, type BarChartSeries } from '@mantine/charts';
import { Box } from '@mantine/core';

interface Props {
  /** In words, what is to be seen. */
  label: string;
  data: readonly Record<string, string | number>[];
  /** The member of each datum that stands below its bar. */
  by: string;
  series: readonly { name: string; label: string; color: string }[];
  stacked?: boolean;
  height?: number;
}

/** Bars over time or by kind. The figures beside it say the same to whoever does not see it. */
export default function Bars({ label, data, by, series, stacked, height = 220 }: Props) {
  return (
    <Box role="img" aria-label={label}>
      <BarChart
        h={height}
        data={[...data]}
        dataKey={by}
        series={series as BarChartSeries[]}
        type={stacked ? 'stacked' : 'default'}
        withLegend={series.length > 1}
        gridAxis="x"
        tickLine="none"
        barProps={{ isAnimationActive: false, maxBarSize: 40 }}
        barChartProps={{ accessibilityLayer: false }}
      />
    </Box>
  );
}
