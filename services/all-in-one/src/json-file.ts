import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { OutcryError } from '@outcry/contracts'
import type { CommandIo } from './command-io.ts'

/** The bytes of a small file that a command was given, or of standard input for "-". Throws `INPUT_UNREADABLE`. */
export const readBytes = async (path: string, io: CommandIo): Promise<Uint8Array> => {
  if (path === '-') return buffer(io.stdin)
  return readFile(resolve(io.userDir, path)).catch((error: NodeJS.ErrnoException) => {
    const isDirectory = error.code === 'EISDIR'
    throw new OutcryError(
      'INPUT_UNREADABLE',
      `${path} ${isDirectory ? 'is a directory' : `cannot be read: ${error.message}`}`,
      {
        fix: isDirectory ? 'Name the file in it.' : 'Check the name and the permissions.',
        exitCode: 2,
        cause: error,
      },
    )
  })
}

const readTextFile = async (path: string, io: CommandIo): Promise<string> =>
  new TextDecoder().decode(await readBytes(path, io))

/** The value of a JSON file. Throws `INPUT_UNREADABLE` or `INPUT_NOT_JSON`. */
export const readJsonFile = async (path: string, io: CommandIo): Promise<unknown> =>
  parseJson(await readTextFile(path, io), path)

/** The values of a JSONL file, with line numbers from 1; empty lines are left out. */
export const readJsonLines = async (path: string, io: CommandIo): Promise<{ line: number; value: unknown }[]> => {
  const lines = (await readTextFile(path, io)).split('\n')
  return lines.flatMap((text, index) =>
    text.trim() === '' ? [] : [{ line: index + 1, value: parseJson(text, `${path}:${index + 1}`) }],
  )
}

const parseJson = (text: string, place: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new OutcryError('INPUT_NOT_JSON', `${place} is no JSON: ${(error as Error).message}`, {
      fix: 'Check that the file is whole and of the kind the command asks for.',
      exitCode: 2,
      cause: error,
    })
  }
}
