import { createTypeMatcher, type IssueType } from '@outcry/detection'
import { detectLanguage, tokenize } from '@outcry/text'

/** Reads words as the detector does: which issue types they speak of, and their stems, each text once as long as it lives. */
export const createTypeReading = (types: readonly IssueType[]) => {
  const match = createTypeMatcher(types)
  const labels = new Map(types.map(({ id, label }) => [id, label]))
  const stems = new Map<string, readonly string[]>()
  return {
    /** The name of a type for people; its id where it is gone. */
    labelOf: (id: string): string => labels.get(id) ?? id,
    /** The types that a text speaks of, in its own language. */
    typesOf: (text: string): readonly string[] => {
      const lang = detectLanguage(text)
      return match(tokenize(text, lang), lang)
    },
    languageOf: (text: string): string => detectLanguage(text),
    /** Stems of a text in reading order. */
    stemsOf: (text: string, lang: string): readonly string[] => {
      const key = `${lang} ${text}`
      const known = stems.get(key) ?? tokenize(text, lang)
      stems.set(key, known)
      return known
    },
  }
}
