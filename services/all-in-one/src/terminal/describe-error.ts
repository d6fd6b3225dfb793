import type { OutcryError } from '@outcry/contracts'
import { escapeControl } from '@outcry/runtime'

/** An error for people: code and message, every faulty field with its value, and what to do. */
export const describeError = (error: OutcryError, program: string): string => {
  const lines = [`${program}: ${error.message} [${error.code}]`]
  for (const { path, value, message, fix, line } of error.faults) {
    const found = value === undefined ? '' : ` (${value})`
    const where = [line === undefined ? '' : `line ${line}`, path].filter((part) => part !== '').join(', ')
    lines.push(
      `  ${where === '' ? '' : `${where}${found}: `}${message === fix || fix === '' ? message : `${message}; ${fix}`}`,
    )
  }
  const said = error.faults.some(({ fix }) => fix === error.fix)
  if (error.fix !== '' && !said) lines.push(`  ${error.fix}`)
  return `${lines.map(escapeControl).join('\n')}\n`
}
