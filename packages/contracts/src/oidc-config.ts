import { type TSchema, Type } from 'typebox'

const LOOPBACK_OR_TLS = '^(https://|http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:|/|$))'

/** Sign-in by OpenID Connect; `secret` and `role` are those of config.ts. */
export const oidcConfig = <Secret extends TSchema, Role extends TSchema>(secret: Secret, role: Role) =>
  Type.Object(
    {
      issuer: Type.String({
        pattern: LOOPBACK_OR_TLS,
        description: 'Address of the identity provider; https, or http on this machine.',
      }),
      clientId: Type.String({ minLength: 1, description: 'Id of Outcry at the provider.' }),
      clientSecret: Type.Optional(secret),
      clientAuth: Type.Union([Type.Literal('basic'), Type.Literal('post')], {
        default: 'basic',
        description: 'How the secret is sent: in the Authorization header, or in the body.',
      }),
      label: Type.String({
        minLength: 1,
        maxLength: 40,
        default: 'single sign-on',
        description: 'What the console calls it: "Sign in with ...".',
      }),
      scopes: Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5B\\x5D-\\x7E]+$' }), {
        default: ['profile', 'email'],
        maxItems: 20,
        description: 'Scopes beside openid.',
      }),
      groupsClaim: Type.String({
        minLength: 1,
        default: 'groups',
        description: 'Claim that names the groups of a person; parts of a nested one with dots (realm_access.roles).',
      }),
      nameClaim: Type.String({
        minLength: 1,
        default: 'email',
        description:
          'Claim that names a person in timelines and the audit log: unique, and not for people to change. The subject where it is absent or an e-mail is not verified.',
      }),
      access: Type.Array(
        Type.Object(
          {
            group: Type.String({ minLength: 1, description: 'Value of the claim.' }),
            role,
            brands: Type.Optional(
              Type.Array(Type.String(), { minItems: 1, description: 'Brands they may see; all where absent.' }),
            ),
          },
          { additionalProperties: false },
        ),
        {
          minItems: 1,
          maxItems: 200,
          description: 'What members of a group may do; of several groups the first in this list counts.',
        },
      ),
      emailDomains: Type.Array(Type.String({ pattern: '^[a-z0-9.-]+$' }), {
        default: [],
        maxItems: 100,
        description: 'Only verified addresses of these domains, in lower case; all where empty.',
      }),
      clockToleranceMs: Type.Integer({
        minimum: 0,
        maximum: 300_000,
        default: 30_000,
        description: "How far the provider's clock may be off. Milliseconds.",
      }),
    },
    { additionalProperties: false },
  )
