import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml'
import type { Fault } from '@outcry/contracts'
import type { ConfigPath } from './config-path.ts'

export type ParsedYaml =
  | { ok: true; value: unknown; lineOf: (path: ConfigPath) => number | null }
  | { ok: false; faults: Fault[] }

const MAX_ALIASES = 100

/**
 * YAML 1.2 (and so JSON) to plain data, with the line of every path. Messages never quote the file: it may hold
 * secrets.
 */
export const parseYaml = (text: string): ParsedYaml => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' })
  if (document.errors.length) {
    const faults = document.errors.map((error) => ({
      path: '',
      line: lines.linePos(error.pos[0]).line,
      message: error.message,
      fix: 'Correct the YAML here: check indentation, colons and quotes.',
    }))
    return { ok: false, faults }
  }

  const keyStart = (path: ConfigPath): number | null => {
    const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents
    if (!isMap(parent)) return null
    const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1))
    return isNode(pair?.key) ? (pair.key.range?.[0] ?? null) : null
  }

  const start = (path: ConfigPath): number | null => {
    const node = path.length ? document.getIn(path, true) : document.contents
    return keyStart(path) ?? (isNode(node) ? (node.range?.[0] ?? null) : null)
  }

  try {
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES })
    return {
      ok: true,
      value,
      lineOf: (path) => {
        for (let length = path.length; length > 0; length--) {
          const offset = start(path.slice(0, length))
          if (offset !== null) return lines.linePos(offset).line
        }
        return null
      },
    }
  } catch (error) {
    return { ok: false, faults: [{ path: '', message: (error as Error).message, fix: 'Use fewer YAML aliases.' }] }
  }
}
