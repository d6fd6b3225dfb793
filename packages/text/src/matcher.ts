import type { BrandRules } from '@outcry/contracts'
import { decodeEntities, fold } from './fold.ts'
import { anyPattern, handlePattern, joins, phrasePattern, spans, type Pattern, type Span } from './pattern.ts'
import { PhraseTrie } from './phrase-trie.ts'
import { baseLanguage } from './stem.ts'

export type MatchInput = {
  readonly text: string
  readonly title?: string | undefined
  readonly lang?: string | undefined
}
export type Matcher = (mention: MatchInput) => string[]

/** `brand` is an index into the rules; an exclusion strikes its brand out. */
type Hit = { readonly brand: number; readonly excludes: boolean; readonly literal: string | null }

const HANDLE = /@[\p{L}\p{N}_][\p{L}\p{N}_.@-]*/gu
// One character class each: whatever is written, the search stays linear.
const HOST = /[\p{L}\p{N}_.-]+/gu
const TRAILING = new Set(['.', '@', '-'])
const WORD_BEFORE = /[\p{L}\p{N}_]/u

class MatchIndex {
  readonly #phrases = new PhraseTrie<Hit>()
  readonly #handles = new Map<string, Hit[]>()
  readonly #domains = new Map<string, Hit[]>()
  #longestDomain = 0

  add(pattern: Pattern, brand: number, excludes: boolean): void {
    switch (pattern.kind) {
      case 'handle':
        append(this.#handles, pattern.handle, { brand, excludes, literal: null })
        return
      case 'domain':
        append(this.#domains, pattern.domain, { brand, excludes, literal: null })
        this.#longestDomain = Math.max(this.#longestDomain, pattern.domain.length)
        return
      case 'phrase':
        this.#phrases.add(pattern.tokens, { brand, excludes, literal: pattern.literal })
    }
  }

  find(folded: string, report: (hit: Hit) => void): void {
    if (!this.#phrases.isEmpty) this.#findPhrases(folded, spans(folded), report)
    if (this.#handles.size > 0 && folded.includes('@')) this.#findHandles(folded, report)
    if (this.#domains.size > 0 && folded.includes('.')) this.#findDomains(folded, report)
  }

  #findPhrases(folded: string, tokens: readonly Span[], report: (hit: Hit) => void): void {
    const tokenAt = (index: number) => tokens[index]?.token
    const joined = (index: number) => joins(folded, tokens[index - 1]!.end, tokens[index]!.start)
    for (let first = 0; first < tokens.length; first++)
      this.#phrases.matchAt(
        first,
        tokenAt,
        (hit) => {
          if (hasLiteral(folded, hit.literal, tokens[first]!.start)) report(hit)
        },
        joined,
      )
  }

  #findHandles(folded: string, report: (hit: Hit) => void): void {
    for (const found of folded.matchAll(HANDLE)) {
      if (found.index > 0 && WORD_BEFORE.test(folded[found.index - 1]!)) continue
      const handle = trimEnd(found[0].slice(1))
      this.#handles.get(handle)?.forEach(report)
    }
  }

  #findDomains(folded: string, report: (hit: Hit) => void): void {
    for (const [run] of folded.matchAll(HOST)) {
      const host = trimEnd(run)
      for (let at = 0; at >= 0; at = host.indexOf('.', at) + 1 || -1)
        if (host.length - at <= this.#longestDomain) this.#domains.get(host.slice(at))?.forEach(report)
    }
  }
}

function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && TRAILING.has(text[end - 1]!)) end--
  return text.slice(0, end)
}

function append(map: Map<string, Hit[]>, key: string, hit: Hit): void {
  const hits = map.get(key)
  if (hits) hits.push(hit)
  else map.set(key, [hit])
}

/** Symbols around the first token belong to the literal, so it may begin a few characters before it. */
function hasLiteral(folded: string, literal: string | null, start: number): boolean {
  if (literal === null) return true
  const lead = spans(literal)[0]!.start
  return folded.startsWith(literal, start - lead)
}

/**
 * Which brands a mention is about. All brands are looked for in one pass; the work grows with the text and the longest
 * term, not with the number of brands, and no configured string becomes a regular expression.
 *
 * Terms and exclusions are whole words or phrases in any case and with or without accents; "@acme" is the account
 * itself ("@acmeair" and "@acme.example" are others), "acme.example" is that host and those under it, in URLs,
 * addresses and plain text. One exclusion anywhere strikes its brand out. A brand with `languages` drops mentions of
 * other known languages.
 *
 * @returns ids of the brands, in the order of the rules
 */
export function createMatcher(brands: readonly BrandRules[]): Matcher {
  const index = new MatchIndex()
  brands.forEach((rules, brand) => {
    const add = (texts: readonly string[], parse: (text: string) => Pattern | null, excludes: boolean) => {
      for (const text of texts) {
        const pattern = parse(text)
        if (pattern) index.add(pattern, brand, excludes)
      }
    }
    add(rules.terms, phrasePattern, false)
    add(rules.handles, handlePattern, false)
    add(rules.exclude, anyPattern, true)
  })
  const languages = brands.map((rules) => (rules.languages.length > 0 ? new Set(rules.languages) : null))

  return ({ text, title, lang }) => {
    const matched = new Set<number>()
    const excluded = new Set<number>()
    const report = (hit: Hit) => (hit.excludes ? excluded : matched).add(hit.brand)
    if (title) index.find(fold(decodeEntities(title)), report)
    index.find(fold(decodeEntities(text)), report)
    const language = baseLanguage(lang)
    return [...matched]
      .filter((brand) => !excluded.has(brand) && (language === 'und' || (languages[brand]?.has(language) ?? true)))
      .sort((a, b) => a - b)
      .map((brand) => brands[brand]!.id)
  }
}
