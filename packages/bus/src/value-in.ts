import { writtenForms } from './written-forms.ts'

/** How far before and after a value the text is read for what delimits it. */
const AROUND_CHARS = 80

const JSON_TEXT = /^\s*[[{]/
const STRING = { before: /(?:^|[^\\])"$/, after: /^"(?!\s*:)/ }
/** Counts and times are numbers, too: a number is an id where the name of its field says so. */
const NUMBER = { before: /"(?:id|\w*_id|\w*I[dD])"\s*:\s*$/, after: /^(?![\w.])/ }
/** A cell, an element, an attribute, an address, or what a head of a mail says. */
const PLAIN = { before: /(?:["'<>,;\t]|(?:^|\n)(?:[\w-]+:[ \t]*)?)$/, after: /^(?:["'<>,;\t\r\n]|$)/ }

/**
 * A test for texts in which one of the values is all that a field holds: of JSON, also where it is broken, or of mails,
 * markup and tables. What somebody says in a sentence is no value.
 */
export const valueIn = (values: readonly string[]): ((text: string) => boolean) => {
  const forms = writtenForms(values)
  return (text) => {
    const places = JSON_TEXT.test(text) ? [STRING, NUMBER] : [PLAIN]
    return forms.some((form) => {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
        const end = at + form.length
        const before = text.slice(Math.max(0, at - AROUND_CHARS), at)
        const after = text.slice(end, end + AROUND_CHARS)
        if (places.some((place) => place.before.test(before) && place.after.test(after))) return true
      }
      return false
    })
  }
}
