import type { DiscourseConfig } from './discourse-config.ts'

/** Which forum a payload is of. `url`: without a slash at the end, undefined where the payload does not tell. */
export type Forum = { scope: string; url?: string; categoryIds: ReadonlySet<number> }

export const forumOf = ({ url, categoryIds }: DiscourseConfig): Forum & { url: string } => {
  const bare = url.replace(/\/+$/, '')
  return { scope: bare.replace(/^https?:\/\//i, '').toLowerCase(), url: bare, categoryIds: new Set(categoryIds) }
}

/** A recorded payload says nothing of its forum: the source stands for it. */
export const unnamedForum = (source: string): Forum => ({ scope: source, categoryIds: new Set() })

/** Of a post that answers. */
export const postMentionId = ({ scope }: Forum, postId: number): string => `discourse:${scope}:post:${postId}`

/** Of a topic and of the post that opens it, which say the same. */
export const topicMentionId = ({ scope }: Forum, topicId: number): string => `discourse:${scope}:topic:${topicId}`
