import { parseXml, XmlElement } from '@rgrove/parse-xml'
import type { Fields } from '../fields.ts'

/** Feed, entry, author, name. */
const DEEPEST = 4

/**
 * The Atom form of the feed in the shape of its JSON form: `{label, attributes}` for an element, an array where an
 * element comes more than once. Throws where the text is no XML.
 */
export const feedFromXml = (xml: string): unknown => {
  const { root } = parseXml(xml, { ignoreUndefinedEntities: true })
  if (root === null) return undefined
  return root.name === 'feed' ? { feed: fieldsFrom(root, 1) } : fieldsFrom(root, 2)
}

const fieldsFrom = (element: XmlElement, depth: number): Fields => {
  const { attributes, children } = element
  const inner = children.filter((child) => child instanceof XmlElement)
  const byName = Map.groupBy(depth < DEEPEST ? inner : [], ({ name }) => name)
  const fields = [...byName].map(([name, elements]): [string, unknown] => {
    const read = elements.map((each) => fieldsFrom(each, depth + 1))
    return [name, read.length === 1 ? read[0] : read]
  })
  const isText = inner.length === 0 || element.name === 'content'
  return { ...Object.fromEntries(fields), ...(isText ? { label: element.text } : {}), attributes }
}
