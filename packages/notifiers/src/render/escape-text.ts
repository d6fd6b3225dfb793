import { cutText } from './cut-text.ts'

/** Makes text from the world mean nothing but itself in one tool's notation. */
export type Escape = (text: string) => string

/** For tools that show text as it is. */
export const asIs: Escape = (text) => text

const PUNCTUATION = /[!-/:-@[-`{-~]/g

/** CommonMark: a backslash before any ASCII punctuation makes it literal, links and mentions among it. */
export const escapeMarkdown: Escape = (text) => text.replaceAll(PUNCTUATION, String.raw`\$&`)

/** Slack's control characters: without them there is no mention, no link and no date. */
export const escapeSlack: Escape = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The escaped text within `max` UTF-16 units; what is cut is the text, never an escape. */
export const cutEscaped = (text: string, max: number, escape: Escape): string => {
  let room = Math.min(text.length, max)
  for (;;) {
    const escaped = escape(cutText(text, room))
    if (escaped.length <= max || room <= 0) return escaped
    // No escape makes a character longer than six.
    room -= Math.max(1, Math.floor((escaped.length - max) / 6))
  }
}
