import { fieldsOf, itemsOf, textOf, type Fields } from '../fields.ts'
import { snowflakeOf } from './message-shapes.ts'

/**
 * What a message says, as people see it: names in place of ids, the names of custom emoji; what a link to a channel,
 * a role or a time would show is not known here. Of a forwarded message, what it said. Undefined where it has no content.
 */
export const plainContent = (message: Fields): string | undefined => {
  const forwarded = fieldsOf(fieldsOf(itemsOf(message['message_snapshots'])[0])?.['message'])?.['content']
  const question = fieldsOf(fieldsOf(message['poll'])?.['question'])?.['text']
  const { content } = message
  const text = [content, forwarded, question].find((each) => textOf(each) !== undefined) ?? content
  if (typeof text !== 'string') return undefined
  const names = new Map(
    itemsOf(message['mentions']).map((each) => {
      const user = fieldsOf(each)
      return [snowflakeOf(user?.['id']), textOf(user?.['username'])]
    }),
  )
  return text
    .replaceAll(/<@!?(\d{1,20})>/g, (_all, id: string) => (names.get(id) === undefined ? '' : `@${names.get(id)}`))
    .replaceAll(/<a?:(\w{1,64}):\d{1,20}>/g, ':$1:')
    .replaceAll(/<\/([^<>:\n]{1,100}):\d{1,20}>/g, '/$1')
    .replaceAll(/<(?:#|@&|t:)[^<>\s]{1,40}>|<id:\w{1,20}>/g, '')
}
