/** Why these two dates, as a date input gives them, name no days to export; undefined where they do. */
export function exportProblem(from: string, to: string): string | undefined {
  if (from === '' || to === '') return 'Give the first and the last day.';
  return from > to ? 'The last day lies before the first. Choose a later one.' : undefined;
}
