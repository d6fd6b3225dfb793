const PLACE = /<!-- measured: (\S+) -->\n[\s\S]*?<!-- \/measured -->/g

/** A document with what is between each pair of marks replaced by the table of that name. Throws at an unknown name. */
export const fillPlaces = (text: string, tables: Readonly<Record<string, string>>): string =>
  text.replaceAll(PLACE, (_, name: string) => {
    const table = tables[name]
    if (table === undefined) throw new Error(`no table is called ${name}; there are ${Object.keys(tables).join(', ')}`)
    return `<!-- measured: ${name} -->\n\n${table}\n\n<!-- /measured -->`
  })
