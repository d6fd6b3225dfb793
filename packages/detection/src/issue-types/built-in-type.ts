import type { Harm } from '@outcry/contracts'

/** An issue type that Outcry counts without being told; `terms` are words or phrases in every language it knows. */
export type BuiltInType = { id: string; label: string; harm: Harm; terms: readonly string[] }

type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'hi' | 'ar'

/** Terms of each language, parted by "|". A text is read for all of them: short texts hide their language. */
export const builtInType = (
  id: string,
  label: string,
  harm: Harm,
  terms: Readonly<Record<Language, string>>,
): BuiltInType => ({
  id,
  label,
  harm,
  terms: Object.values(terms)
    .flatMap((list) => list.split('|'))
    .map((term) => term.trim().replaceAll(/\s+/g, ' '))
    .filter((term) => term !== ''),
})
