/** Paths from a text box: one a line, without the quotes that file managers put around a copied path. */
export function parseFileList(text: string): readonly string[] {
  const paths = text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2')
        .trim(),
    )
    .filter((path) => path !== '');
  return [...new Set(paths)];
}
