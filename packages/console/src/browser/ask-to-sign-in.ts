import { askDialog } from './ask-dialog.ts'

/** Asks for a token until one is taken. */
export const askToSignIn = (take: (token: string) => Promise<void>): void =>
  askDialog({
    title: 'Sign in',
    text:
      (location.hash === '#sign-in=expired' ? 'That link was used before or is too old. ' : '') +
      'Open the one-time link that Outcry prints when it starts, or paste a token: the admin token is in the file ' +
      'admin-token of the data directory.',
    label: 'Token',
    kind: 'secret',
    required: true,
    submit: 'Sign in',
    cancellable: false,
    onSubmit: async (token) => {
      try {
        await take(token)
        return null
      } catch (error) {
        return error instanceof Error ? error.message : 'The server cannot be reached.'
      }
    },
  })
