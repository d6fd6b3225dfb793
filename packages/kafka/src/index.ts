export { fetchedFrom } from './fetched-from.ts'
export { createKafkaClient, type KafkaConnection } from './kafka-client.ts'
export { within } from './within.ts'
