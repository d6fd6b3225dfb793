/** What a reader of CommonMark sees where every mark is escaped; throws where one is not. */
export const unescapeMarkdown = (text: string): string => text.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')

/** Marks that would format, link or mention, and are not escaped. */
export const liveMarks = (text: string): string[] =>
  text.replaceAll(/\\[!-/:-@[-`{-~]/g, '').match(/[*_~`[\]<>@#|!]/g) ?? []
