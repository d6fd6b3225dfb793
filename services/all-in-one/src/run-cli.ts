import { type Command, CommanderError, program as commander } from 'commander'
import { OutcryError } from '@outcry/contracts'
import type { CommandIo } from './command-io.ts'
import { COMMANDS } from './command-list.ts'
import { describeError } from './terminal/describe-error.ts'

/** Runs one command and answers the exit code: 0 done, 1 ran and found failures, 2 wrong usage or config. */
export const runCli = async (args: readonly string[], io: CommandIo): Promise<number> => {
  let exitCode = 0
  const program = commander
    .createCommand('outcry')
    .description(
      'Notices within minutes that many customers complain about the same thing, and pages the right people.',
    )
    .helpCommand('help [command]', 'explain a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
    })
    .showHelpAfterError('(--help explains)')
  const setExitCode = (code: number): void => {
    exitCode = code
  }
  // Only what was asked for is loaded: `outcry --help` must not pay for a database driver.
  const asked = args[0] === 'help' ? args[1] : args[0]
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).summary(summary).description(summary)
    if (name === asked) (await load())(command, io, setExitCode)
  }
  try {
    if (args.length === 0) program.help({ error: true })
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    return exitCodeOf(error, program, io)
  }
}

const exitCodeOf = (error: unknown, program: Command, io: CommandIo): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof OutcryError) {
    io.stderr.write(describeError(error, program.name()))
    return error.exitCode
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  io.stderr.write(`outcry: an error in Outcry itself; please report it.\n${text}\n`)
  return 1
}
