/** One row more than asked for says whether there is a next page. */
export const pageOf = <Row>(rows: Row[], limit: number, keyOf: (row: Row) => { at: number; id: string }) => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, next: rows.length > limit && last !== undefined ? keyOf(last) : null }
}
