import { PlatformRefusal } from '../http/platform-error.ts'

const SIGN_IN = /sasl|authentication/i
const RIGHTS = /authorization|not authorized/i

/** What kafkajs failed with, in a line; a refusal of the brokers as what only a person can mend. */
export const kafkaFault = (error: unknown): Error => {
  const message = messagesOf(error).join('; ').slice(0, 300)
  if (SIGN_IN.test(message)) return new PlatformRefusal(401, message)
  if (RIGHTS.test(message)) return new PlatformRefusal(403, message)
  return new Error(message, { cause: error })
}

const messagesOf = (error: unknown): string[] => {
  if (!(error instanceof Error)) return [String(error)]
  const cause = messagesOf(error.cause ?? '').filter((message) => message !== '' && message !== error.message)
  return [error.message, ...cause]
}
