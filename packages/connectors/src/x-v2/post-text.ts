import { type Fields, fieldsOf, itemsOf, textOf } from '../fields.ts'
import { decodeEntities } from '../html-to-text.ts'

/** Where pictures and videos of a post stand. */
const MEDIA = /^https?:\/\/(?:twitter|x)\.com\/[^/]+\/status\/\d+\/(?:photo|video)\/\d+$/

type Link = { short: string; shown: string }

/**
 * What a post says, as people see it: all of a long one, `<`, `>` and `&` as characters, and links as what they lead to.
 * Links to the post's own pictures and to the post that it quotes are no words of its writer, and go.
 */
export const postText = (post: Fields, quotedId: string | undefined): string => {
  const long = fieldsOf(post['note_tweet'])
  const longText = textOf(long?.['text'])
  const text = decodeEntities(longText ?? textOf(post['text']) ?? '')
  const links = linksOf(longText === undefined ? post : long, quotedId)
  return links.reduce((shown, link) => shown.replaceAll(link.short, () => link.shown), text).trim()
}

const linksOf = (post: Fields | undefined, quotedId: string | undefined): Link[] => {
  const entities = fieldsOf(post?.['entities'])
  return itemsOf(entities?.['urls']).flatMap((value) => {
    const url = fieldsOf(value)
    const short = textOf(url?.['url'])
    const leadsTo = textOf(url?.['expanded_url'])
    if (short === undefined || leadsTo === undefined) return []
    const isAttached = textOf(url?.['media_key']) !== undefined || MEDIA.test(leadsTo) || isQuoted(leadsTo, quotedId)
    return [{ short, shown: isAttached ? '' : leadsTo }]
  })
}

const isQuoted = (url: string, quotedId: string | undefined): boolean =>
  quotedId !== undefined && url.includes(`/status/${quotedId}`)
