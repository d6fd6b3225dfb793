import type { RenderedStatement } from '@outcry/contracts'

/** Text of people is never markup in any of the forms. */
export const renderStatement = ({ text, subject }: { text: string; subject: string }): RenderedStatement => ({
  text,
  markdown: text.replaceAll(/[\\`*_{}[\]()#+\-.!|<>~&]/g, String.raw`\$&`).replaceAll('\n', '  \n'),
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

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => HTML[character]!)
