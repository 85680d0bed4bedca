import '@mantine/charts/styles.css';
import { LineChart, type LineChartSeries } from '@mantine/charts';
import { Box } from '@mantine/core';

interface Props {
  label: string;
  data: readonly Record<string, string | number | null>[];
  by: string;
  series: readonly { name: string; label: string; color: string }[];
  unit?: string;
  height?: number;
}

/** Lines over time; gaps where there is no figure. */
export default function Lines({ label, data, by, series, unit, height = 160 }: Props) {
  return (
    <Box role="img" aria-label={label}>
      <LineChart
        h={height}
        data={data as Record<string, string | number>[]}
        dataKey={by}
        series={series as LineChartSeries[]}
        {...(unit && { unit })}
        gridAxis="x"
        tickLine="none"
        connectNulls={false}
        lineProps={{ isAnimationActive: false }}
        lineChartProps={{ accessibilityLayer: false }}
      />
    </Box>
  );
}
