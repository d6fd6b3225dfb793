import type { ParseContext, Sighting } from '../connector.ts'
import { contentRevision } from '../content-revision.ts'
import { countOf, fieldsOf, type Fields, idOf, isoTimeOf, itemsOf, textOf } from '../fields.ts'
import { makeSighting } from '../make-sighting.ts'
import { type Place, placeOf } from './place.ts'
import { writtenText } from './written-text.ts'

export type Surroundings = {
  isDeleted?: boolean
  isEdited?: boolean
  parent?: Fields | undefined
  repository?: string | undefined
}

/** An issue or a discussion. Of pull requests, which the lists of issues hold too, nothing is read. */
export const issueToSightings = (
  issue: Fields,
  { isDeleted = false, isEdited = false, repository }: Surroundings,
  context: ParseContext,
): Sighting[] | undefined => {
  const place = placeOf(issue, { repository, source: context.source })
  const number = countOf(issue['number']) ?? countOf(issue['id'])
  const title = textOf(issue['title'])
  if (number === undefined || (title === undefined && !isDeleted)) return undefined
  if (isOfPullRequest(issue, place)) return []
  const text = writtenText(textOf(issue['body']) ?? '')
  const kind = place.kind === 'discussions' || issue['category'] !== undefined ? 'discussion' : 'issue'
  return [
    makeSighting(
      {
        id: `github:${place.scope}:${kind}:${number}`,
        kind: kind === 'issue' ? 'issue' : 'post',
        text: text === '' ? (title ?? '') : text,
        title,
        isDeleted,
        isEdited,
        author: authorOf(issue),
        url: textOf(issue['html_url']),
        createdAt: isoTimeOf(issue['created_at']),
        engagement: { likes: likesOf(issue), replies: countOf(issue['comments']) },
        tags: itemsOf(issue['labels']).map((label) => textOf(label) ?? textOf(fieldsOf(label)?.['name']) ?? ''),
      },
      context,
    ),
  ]
}

/** A comment of an issue or a discussion; `parent`: that, where the payload holds it. */
export const commentToSightings = (
  comment: Fields,
  { isDeleted = false, isEdited = false, parent, repository }: Surroundings,
  context: ParseContext,
): Sighting[] | undefined => {
  const place = placeOf(comment, { repository, source: context.source })
  const id = countOf(comment['id'])
  const body = textOf(comment['body'])
  if (id === undefined || (body === undefined && !isDeleted)) return undefined
  if (isOfPullRequest(comment, place) || (parent !== undefined && isOfPullRequest(parent, place))) return []
  const isOfDiscussion = place.kind === 'discussions' || comment['discussion_id'] !== undefined
  const kinds = isOfDiscussion ? (['discussion', 'discussion-comment'] as const) : (['issue', 'comment'] as const)
  const number = countOf(parent?.['number']) ?? place.number
  const answers = countOf(comment['parent_id'])
  const threadId = number === undefined ? undefined : `github:${place.scope}:${kinds[0]}:${number}`
  return [
    makeSighting(
      {
        id: `github:${place.scope}:${kinds[1]}:${id}`,
        kind: 'comment',
        text: writtenText(body ?? ''),
        // Not of the title, which lists of comments do not give.
        rev: contentRevision(writtenText(body ?? '')),
        title: textOf(parent?.['title']),
        isDeleted,
        isEdited,
        author: authorOf(comment),
        url: textOf(comment['html_url']),
        parentId: answers === undefined ? threadId : `github:${place.scope}:${kinds[1]}:${answers}`,
        createdAt: isoTimeOf(comment['created_at']),
        engagement: { likes: likesOf(comment), replies: countOf(comment['child_comment_count']) },
      },
      context,
    ),
  ]
}

const isOfPullRequest = (item: Fields, { kind }: Place): boolean =>
  kind === 'pull' || fieldsOf(item['pull_request']) !== undefined || textOf(item['pull_request_url']) !== undefined

/** Accounts that are gone are shown as null. */
const authorOf = (item: Fields) => {
  const user = fieldsOf(item['user'])
  const handle = textOf(user?.['login'])
  const id = idOf(user?.['id']) ?? handle
  const bot = user?.['type'] === 'Bot' || handle?.endsWith('[bot]') === true
  return id === undefined ? undefined : { id, handle, bot }
}

const likesOf = (item: Fields): number | undefined => countOf(fieldsOf(item['reactions'])?.['+1'])
