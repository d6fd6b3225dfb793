import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { el } from './elements.ts'

const RESTS_MS = 400

type Props<T extends string> = {
  name: string
  value: T
  /** Values with the words for them. */
  options: readonly (readonly [value: T, text: string])[]
  onChange: (value: T) => void
}

/** A list of a few values to filter by. */
export const Choice = <T extends string>({ name, value, options, onChange }: Props<T>): VNode =>
  el(
    'label',
    {},
    name,
    el(
      'select',
      { value, 'data-focus': name, onChange: ({ currentTarget }) => onChange(currentTarget.value as T) },
      options.map(([key, text]) => el('option', { key, value: key }, text)),
    ),
  )

type WordsProps = {
  name: string
  onChange: (value: string) => void
  /** Id of a list of what may be meant. */
  list?: string
}

/** Words to filter by, taken when the reader rests or is done with them. */
export const WordsField = ({ name, onChange, list }: WordsProps): VNode => {
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const take = (text: string, afterMs: number): void => {
    clearTimeout(resting.current)
    resting.current = setTimeout(() => onChange(text.trim()), afterMs)
  }
  useEffect(() => () => clearTimeout(resting.current), [])
  return el(
    'label',
    {},
    name,
    el('input', {
      type: 'search',
      maxLength: 200,
      list,
      onInput: ({ currentTarget }) => take(currentTarget.value, RESTS_MS),
      onChange: ({ currentTarget }) => take(currentTarget.value, 0),
    }),
  )
}

/** A day to filter by; empty for none, else its beginning in the reader's zone, ISO 8601. */
export const DayField = ({ name, onChange }: { name: string; onChange: (at: string) => void }): VNode =>
  el(
    'label',
    {},
    name,
    el('input', {
      type: 'date',
      onChange: ({ currentTarget }) => {
        const begins = currentTarget.value === '' ? null : new Date(`${currentTarget.value}T00:00`)
        onChange(begins === null || Number.isNaN(begins.getTime()) ? '' : begins.toISOString())
      },
    }),
  )

/** Fields of a query, without those that are empty. */
export const queryOf = (fields: Readonly<Record<string, string | number>>): string =>
  new URLSearchParams(
    Object.entries(fields)
      .filter(([, value]) => value !== '')
      .map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
