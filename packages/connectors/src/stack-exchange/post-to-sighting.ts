import type { ParseContext, Sighting } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'
import { countOf, fieldsOf, type Fields, idOf, itemsOf, numberOf, secondsTimeOf, textOf } from '../fields.ts'
import { decodeEntities, htmlToText } from '../html-to-text.ts'
import { makeSighting } from '../make-sighting.ts'
import type { ItemReader } from '../parse-items.ts'

/** What the item is a part of; `site`: as the API names it, undefined where only the item can tell. */
type Around = { site?: string | undefined; title?: string | undefined; link?: string | undefined }

/**
 * Reads a question, answer, post, comment or hit of a search (api.stackexchange.com/docs, "types"), with the answers and
 * comments inside. Questions and answers of a site share one sequence of ids, comments have their own.
 */
export const itemReader =
  (site?: string): ItemReader =>
  (value, context) => {
    const item = fieldsOf(value)
    return item === undefined ? undefined : sightingsOf(item, { site }, context)
  }

export const postMentionId = (site: string, id: number | string): string => `stack-exchange:${site}:post:${id}`

const sightingsOf = (item: Fields, around: Around, context: ParseContext): Sighting[] | undefined => {
  const link = textOf(item['link']) ?? textOf(item['share_link']) ?? textOf(fieldsOf(item['owner'])?.['link'])
  const place = { ...around, link: link ?? around.link }
  const commentId = countOf(item['comment_id'])
  if (commentId !== undefined) return commentToSightings(item, commentId, place, context)
  const postId = countOf(item['answer_id']) ?? countOf(item['question_id']) ?? countOf(item['post_id'])
  if (postId === undefined) return isNoPost(item) ? [] : undefined
  if (item['revision_guid'] !== undefined || item['timeline_type'] !== undefined) return []
  return postToSightings(item, postId, place, context)
}

const postToSightings = (post: Fields, postId: number, around: Around, context: ParseContext) => {
  const site = siteOf(around, context)
  const title = decodedTitle(post) ?? around.title
  const body = htmlToText(textOf(post['body']) ?? textOf(post['excerpt']) ?? textOf(post['body_markdown']) ?? '')
  if (body === '' && title === undefined) return undefined
  const isAnswer = countOf(post['answer_id']) !== undefined || post['post_type'] === 'answer'
  const questionId = isAnswer ? countOf(post['question_id']) : undefined
  const editedAt = secondsTimeOf(post['last_edit_date'])
  const sighting = makeSighting(
    {
      id: postMentionId(site, postId),
      kind: isAnswer ? 'comment' : 'post',
      text: body === '' ? (title ?? '') : body,
      title,
      rev: editedAt === undefined ? 'original' : String(editedAt),
      isEdited: editedAt !== undefined,
      author: authorOf(post, site),
      url: textOf(post['link']) ?? textOf(post['share_link']),
      parentId: questionId === undefined ? undefined : postMentionId(site, questionId),
      createdAt: secondsTimeOf(post['creation_date']),
      engagement: { votes: wholeOf(post['score']), replies: countOf(post['answer_count']) },
      tags: itemsOf(post['tags']).map((tag) => decodeEntities(textOf(tag) ?? '')),
    },
    context,
  )
  const inside = [...itemsOf(post['comments']), ...itemsOf(post['answers'])].map(fieldsOf)
  const below = { site, title, link: around.link }
  return [sighting, ...inside.flatMap((each) => (each === undefined ? [] : (sightingsOf(each, below, context) ?? [])))]
}

const commentToSightings = (comment: Fields, commentId: number, around: Around, context: ParseContext) => {
  const site = siteOf(around, context)
  const text = htmlToText(textOf(comment['body']) ?? textOf(comment['body_markdown']) ?? '')
  if (text === '') return undefined
  const postId = countOf(comment['post_id'])
  return [
    makeSighting(
      {
        id: `stack-exchange:${site}:comment:${commentId}`,
        kind: 'comment',
        text,
        title: around.title,
        // Not of the title, which not every method gives.
        rev: contentRevision(text),
        isEdited: comment['edited'] === true,
        author: authorOf(comment, site),
        url: textOf(comment['link']),
        parentId: postId === undefined ? undefined : postMentionId(site, postId),
        createdAt: secondsTimeOf(comment['creation_date']),
        engagement: { votes: wholeOf(comment['score']) },
      },
      context,
    ),
  ]
}

/** Hits of a search have their words marked. */
const decodedTitle = (post: Fields): string | undefined => {
  const title = textOf(post['title'])
  return title === undefined ? undefined : decodeEntities(title.replaceAll(/<\/?span[^<>]*>/gi, ''))
}

/** People whose account is gone have a name only; -1 is the site's own Community. */
const authorOf = (item: Fields, site: string) => {
  const owner = fieldsOf(item['owner'])
  const name = textOf(owner?.['display_name'])
  const bot = owner?.['user_id'] === -1
  const id = bot ? '-1' : (idOf(owner?.['user_id']) ?? name)
  return id === undefined ? undefined : { id: `${site}/${id}`, handle: decodeEntities(name ?? ''), bot }
}

/** The site of an item as the API names it: "stackoverflow" of stackoverflow.com, "webapps" of webapps.stackexchange.com. */
const siteOf = ({ site, link }: Around, { source }: ParseContext): string => {
  const host = /^https?:\/\/(?:www\.)?([a-z0-9.-]{1,80})(?:[/?#]|$)/i.exec(link ?? '')?.[1]?.toLowerCase()
  return site ?? host?.replace(/(?:\.stackexchange)?\.com$/, '') ?? source
}

/** Users, badges, tags and sites. */
const isNoPost = (item: Fields): boolean =>
  ['user_id', 'badge_id', 'has_synonyms', 'api_site_parameter'].some((name) => Object.hasOwn(item, name))

const wholeOf = (value: unknown): number | undefined => {
  const number = numberOf(value)
  return number !== undefined && Number.isSafeInteger(number) ? number : undefined
}
