export { type Input, openInput } from './file/open-input.ts'
export { parseFieldMap, type FieldMap } from './file/field-map.ts'
export { readMentions, type InputRow, type LineFault, type ReadOptions } from './file/read-mentions.ts'
