import type { Command } from 'commander'
import type { CommandIo } from './command-io.ts'

/** Adds arguments, options and action to a command; `setExitCode` is for a run that finds failures. */
export type DefineCommand = (command: Command, io: CommandIo, setExitCode: (code: 0 | 1) => void) => void
