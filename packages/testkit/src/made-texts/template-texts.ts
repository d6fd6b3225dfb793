import type { TextPool } from './text-pool.ts'
import type { Draws } from './seeded-draws.ts'
import { COMPLAINT_ISSUES, PLAIN_ISSUES, type TemplateBook, type TemplateIssue } from './template-book.ts'
import { ar } from './templates/ar.ts'
import { de } from './templates/de.ts'
import { en } from './templates/en.ts'
import { es } from './templates/es.ts'
import { fr } from './templates/fr.ts'
import { hi } from './templates/hi.ts'
import { it } from './templates/it.ts'
import { pt } from './templates/pt.ts'

const BOOKS: readonly TemplateBook[] = [ar, de, en, es, fr, hi, it, pt]

/** The languages there are templates in. */
export const TEMPLATE_LANGUAGES: readonly string[] = BOOKS.map(({ lang }) => lang)

/** One brand a language, whose people write from that language's templates. The language is left for Outcry to find. */
export const templateBrands = (
  draws: Draws,
  languages: readonly string[] = TEMPLATE_LANGUAGES,
): { brand: string; pool: TextPool }[] =>
  BOOKS.filter(({ lang }) => languages.includes(lang)).map((book) => ({
    brand: `made-${book.lang}`,
    pool: {
      issues: [...COMPLAINT_ISSUES, ...PLAIN_ISSUES],
      complaints: COMPLAINT_ISSUES,
      take: (issue) => fillTemplate(draws, book, issue as TemplateIssue),
    },
  }))

const fillTemplate = (draws: Draws, book: TemplateBook, issue: TemplateIssue): string => {
  const sentence = draws
    .pick(book.sentences[issue])
    .replaceAll(/\{([^}]*)\}/g, (_, choices: string) => draws.pick(choices.split('|')))
  const complaint = (COMPLAINT_ISSUES as readonly string[]).includes(issue)
  return complaint ? draws.pick(book.openers) + sentence + draws.pick(book.closers) : sentence
}
