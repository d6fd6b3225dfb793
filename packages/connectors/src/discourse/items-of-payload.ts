import { countOf, fieldsOf, type Fields, itemsOf, textOf } from '../fields.ts'

/** What webhooks and pages hold that is no mention by its nature. */
const OTHER = [
  'ping',
  'user',
  'users',
  'group',
  'category',
  'categories',
  'tag',
  'tags',
  'reviewable',
  'notification',
  'notifications',
  'chat_message',
  'chat_channel',
  'user_badge',
  'like',
  'assign',
  'solved',
  'badges',
  'directory_items',
]

/**
 * The posts and topics of a page, a topic, a search (also of old versions) or a webhook; the value itself where it is
 * one of them or unknown. What the page says of all (title, topic, author) is set in each.
 */
export const itemsOfPayload = (value: unknown): readonly unknown[] => {
  const page = fieldsOf(value)
  if (page === undefined) return [value]
  const stream = fieldsOf(page['post_stream'])
  if (stream !== undefined) return itemsOfTopic(page, itemsOf(stream['posts']))
  const categories = fieldsOf(page['category_list'])
  if (categories !== undefined)
    return itemsOf(categories['categories']).flatMap((category) => itemsOf(fieldsOf(category)?.['topics']))
  const list = fieldsOf(page['topic_list']) ?? page
  if (Array.isArray(list['topics']) && !Array.isArray(page['posts']))
    return itemsOfTopicList(list, itemsOf(page['users']))
  if (Array.isArray(page['posts']) || page['grouped_search_result'] !== undefined) return itemsOfSearch(page)
  const posts = ['latest_posts', 'private_posts', 'user_actions'].find((name) => Array.isArray(page[name]))
  if (posts !== undefined) return itemsOf(page[posts])
  if (typeof page['type'] === 'string' && Array.isArray(page['results'])) return itemsOfOldSearch(page)
  const sent = fieldsOf(page['post']) ?? fieldsOf(page['topic'])
  if (sent !== undefined) return itemsOfPayload(sent)
  return page['id'] === undefined && OTHER.some((name) => Object.hasOwn(page, name)) ? [] : [value]
}

const itemsOfTopic = (topic: Fields, posts: readonly unknown[]): readonly unknown[] => {
  const { post_stream: _, ...bare } = topic
  if (posts.length === 0) return textOf(topic['title']) === undefined ? [] : [bare]
  const shared = { topic_id: topic['id'], topic_title: topic['title'], topic_archetype: topic['archetype'] }
  return posts.map((post) =>
    withShared(post, { ...shared, category_id: topic['category_id'], topic_slug: topic['slug'] }),
  )
}

const itemsOfTopicList = (list: Fields, users: readonly unknown[]): readonly unknown[] => {
  const byId = new Map(users.map((user) => [countOf(fieldsOf(user)?.['id']), user]))
  return itemsOf(list['topics']).map((topic) => {
    const opener = itemsOf(fieldsOf(topic)?.['posters']).find((poster) =>
      /original poster/i.test(textOf(fieldsOf(poster)?.['description']) ?? ''),
    )
    const userId = countOf(fieldsOf(opener)?.['user_id'])
    const user = fieldsOf(opener)?.['user'] ?? byId.get(userId) ?? (userId === undefined ? undefined : { id: userId })
    return withShared(topic, { created_by: user })
  })
}

/** A topic that was found by a post of it is read as that post. */
const itemsOfSearch = (page: Fields): readonly unknown[] => {
  const topics = itemsOf(page['topics'])
  const byId = new Map(topics.map((topic) => [countOf(fieldsOf(topic)?.['id']), fieldsOf(topic)]))
  const posts = itemsOf(page['posts']).map((post) => {
    const topic = byId.get(countOf(fieldsOf(post)?.['topic_id']))
    return withShared(post, { topic_title: topic?.['title'], topic_slug: topic?.['slug'], tags: topic?.['tags'] })
  })
  const found = new Set(posts.map((post) => countOf(fieldsOf(post)?.['topic_id'])))
  return [...posts, ...topics.filter((topic) => !found.has(countOf(fieldsOf(topic)?.['id'])))]
}

const itemsOfOldSearch = ({ type, results }: Fields): readonly unknown[] =>
  type === 'topic' || type === 'post' ? itemsOf(results) : []

/** What the item itself says goes before. */
const withShared = (item: unknown, shared: Fields): unknown => {
  const own = fieldsOf(item)
  if (own === undefined) return item
  return { ...Object.fromEntries(Object.entries(shared).filter(([, value]) => value !== undefined)), ...own }
}
