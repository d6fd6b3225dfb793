import { escapeHtml, type RenderedStatement } from '@outcry/contracts'

/** Stands before everything that may be copied out of a drill, in the language of those who do it. */
const DRILL_LINE = 'DRILL, do not publish.'

/** Text of people is never markup in any of the forms. What belongs to a drill says so in each. */
export const renderStatement = (given: { text: string; subject: string; drill: boolean }): RenderedStatement =>
  given.drill ? rendered({ text: `${DRILL_LINE}\n${given.text}`, subject: `DRILL ${given.subject}` }) : rendered(given)

/** As the text it is, on one line. */
export const escapeMarkdown = (text: string): string =>
  text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&]/g, String.raw`\$&`).replaceAll(/\s*\n\s*/g, ' ')

const rendered = ({ text, subject }: { text: string; subject: string }): RenderedStatement => ({
  text,
  markdown: text.split('\n').map(escapeMarkdown).join('  \n'),
  slack: text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_~`]/g, '\u200B$&'),
  email: {
    subject: oneLine(subject),
    text,
    html: `<p>${text.split('\n').map(escapeHtml).join('<br>\n')}</p>`,
  },
})

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 200)
