import { resolve } from 'node:path'
import { type Input, openInput } from '@outcry/connectors'
import type { CommandIo } from './command-io.ts'

/** Opens a file that a command was given, or standard input for "-". Faults name it as it was given. */
export const openCommandInput = async (path: string, io: CommandIo, format?: 'csv' | 'jsonl'): Promise<Input> => {
  const options = { stdin: io.stdin, ...(format === undefined ? {} : { format }) }
  const input = await openInput(path === '-' ? path : resolve(io.userDir, path), options)
  return { ...input, file: path === '-' ? 'stdin' : path }
}
