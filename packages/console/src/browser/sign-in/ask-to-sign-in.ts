import { askDialog } from '../kit/ask-dialog.ts'
import { tried } from '../kit/form-dialog.ts'
import type { SignIn } from '../views/session.ts'

const OUTCOMES: Record<string, string> = {
  expired: 'That link was used before or is too old. ',
  unavailable: 'The identity provider cannot be reached; try again, or use a token. ',
  failed: 'That sign-in did not come to its end; try again. ',
  'no-role': 'You are known, but in no group that may use Outcry: ask an admin. ',
  'no-email': 'You are known, but without a verified address of a domain that may use Outcry. ',
}

/** Asks for a token until one is taken, or sends to the identity provider where there is one. */
export const askToSignIn = ({ oidc }: SignIn, take: (token: string) => Promise<void>): void =>
  askDialog({
    title: 'Sign in',
    text:
      (OUTCOMES[/^#sign-in=([a-z-]+)$/.exec(location.hash)?.[1] ?? ''] ?? '') +
      'Open the one-time link that Outcry prints when it starts, or paste a token: the admin token is in the file ' +
      'admin-token of the data directory.',
    label: 'Token',
    kind: 'secret',
    required: true,
    submit: 'Sign in',
    cancellable: false,
    link: oidc && { text: `Sign in with ${oidc.label}`, href: oidc.url },
    onSubmit: async (token) => tried(async () => take(token)),
  })
