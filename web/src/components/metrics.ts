/** The eleven questions of a rating, as people read them. */
export const METRICS: { key: string; name: string; asks: string }[] = [
  { key: 'ramp_up_time', name: 'Ramp-up time', asks: 'How soon can somebody new use it?' },
  { key: 'bus_factor', name: 'Bus factor', asks: 'Does it outlive the loss of a person?' },
  { key: 'performance_claims', name: 'Performance claims', asks: 'Are its results backed up?' },
  { key: 'license', name: 'Licence', asks: 'May a product use it?' },
  { key: 'size_score', name: 'Size', asks: 'Which devices hold it?' },
  { key: 'dataset_and_code_score', name: 'Data set and code', asks: 'Are both named and there?' },
  { key: 'dataset_quality', name: 'Data set quality', asks: 'How well kept is the data?' },
  { key: 'code_quality', name: 'Code quality', asks: 'How well kept is the code?' },
  { key: 'reproducibility', name: 'Reproducibility', asks: 'Does its example run as it stands?' },
  { key: 'reviewedness', name: 'Reviewedness', asks: 'Was its code looked at by a second person?' },
  { key: 'tree_score', name: 'Tree score', asks: 'How well do its parents score?' },
];

export const metricName = (key: string) =>
  METRICS.find((metric) => metric.key === key)?.name ?? key;
