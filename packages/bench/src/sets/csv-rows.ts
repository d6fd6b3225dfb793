/** Rows of a CSV text by the names of its header, RFC 4180: quotes around cells, doubled inside. */
export const csvRows = (text: string): Record<string, string>[] => {
  const [header = [], ...rows] = csvCells(text)
  return rows.map((row) => Object.fromEntries(header.map((name, column) => [name, row[column] ?? ''])))
}

const csvCells = (text: string): string[][] => {
  const rows: string[][] = []
  let row: string[] = []
  for (const { 1: quoted, 2: plain = '', 3: end } of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
  }
  return rows
}
