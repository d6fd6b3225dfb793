import type { CommandOutcome, CommandPort } from '../ports-of-commands.ts'
import { Refusal } from '../refusal.ts'

/** Carries out a person's decision; refused where the issue does not allow it or has just gone. */
export const applyCommand = async (
  commands: CommandPort,
  request: Parameters<CommandPort['apply']>[0],
): Promise<Extract<CommandOutcome, { kind: 'done' }>> => {
  const outcome = await commands.apply(request)
  if (outcome.kind === 'unknown') throw new Refusal('NOT_FOUND', 'The issue has just gone.')
  if (outcome.kind === 'refused') throw new Refusal('COMMAND_REFUSED', outcome.reason)
  return outcome
}
