import type { Format } from './format.ts'
import { pagerduty } from './pagerduty/index.ts'
import { standard } from './standard/index.ts'

/** Every tool Outcry can speak to, by the `format` of a target. */
export const formats: readonly Format[] = [pagerduty, standard]

export const formatOf = (name: string): Format | undefined => formats.find((format) => format.name === name)
