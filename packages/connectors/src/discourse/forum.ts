import type { DiscourseConfig } from './discourse-config.ts'

/** Which forum a payload is of. `url`: without a slash at the end, undefined where the payload does not tell. */
export type Forum = { scope: string; url?: string; categoryIds: ReadonlySet<number> }

export const forumOf = ({ url, categoryIds }: DiscourseConfig): Forum & { url: string } => {
  const bare = url.replace(/\/+$/, '')
  return { scope: bare.replace(/^https?:\/\//i, '').toLowerCase(), url: bare, categoryIds: new Set(categoryIds) }
}

/** A recorded payload says nothing of its forum: the source stands for it. */
export const unnamedForum = (source: string): Forum => ({ scope: source, categoryIds: new Set() })

export type PostName = { postId: number; topicId: number | undefined; postNumber: number | undefined }

/** The opening post is what a topic is: both have one id. */
export const postMentionId = ({ scope }: Forum, { postId, topicId, postNumber }: PostName): string =>
  postNumber === 1 && topicId !== undefined ? topicMentionId({ scope }, topicId) : `discourse:${scope}:post:${postId}`

export const topicMentionId = ({ scope }: Pick<Forum, 'scope'>, topicId: number): string =>
  `discourse:${scope}:topic:${topicId}`
