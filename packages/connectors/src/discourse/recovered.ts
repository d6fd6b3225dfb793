import type { Sighting } from '../connector.ts'

/** A post that is shown again: it has the version of before it was gone, which would be taken for known. */
export const recovered = ({ mention, ...sighting }: Sighting): Sighting => ({
  ...sighting,
  mention: mention.op === 'delete' ? mention : { ...mention, op: 'update', rev: `${mention.rev} recovered` },
})
