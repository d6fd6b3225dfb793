import kafkajs, { type Admin } from 'kafkajs'
import type { KafkaConnection } from '@outcry/kafka'
import type { Logger } from '@outcry/runtime'
import { createAdminBook } from './kafka-client.ts'

/** `cleanup.policy` of a topic, with its whole name. */
export const cleanupPolicyOf = async (admin: Admin, topic: string): Promise<string> => {
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: ['cleanup.policy'] }],
  })
  return described.resources[0]?.configEntries[0]?.configValue ?? ''
}

/** The same for those who have no bus: asks once. Throws `BUS_UNREACHABLE`. */
export const askCleanupPolicy = async (
  connection: KafkaConnection & { topicPrefix: string; logger: Logger },
  topic: string,
): Promise<string> => {
  const book = createAdminBook(connection, connection.logger)
  try {
    return await book.ask((admin) => cleanupPolicyOf(admin, `${connection.topicPrefix}${topic}`))
  } finally {
    await book.close()
  }
}
