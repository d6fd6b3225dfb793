import { type Static, type TSchema, Type } from 'typebox'
import { DigestRules, EscalationChain, QuietHours } from './attention.ts'
import { BrandRules, DetectionSettings } from './settings.ts'
import { Playbook } from './playbook.ts'
import { PostingShare } from './posting-share.ts'
import { oidcConfig } from './oidc-config.ts'

const Ms = (value: number, description: string) =>
  Type.Integer({ minimum: 1_000, maximum: 604_800_000, default: value, description: `${description} Milliseconds.` })
const Days = (value: number, description: string) =>
  Type.Integer({ minimum: 1, maximum: 3_650, default: value, description: `${description} Days.` })

/** Keywords beside JSON Schema's that the loader and the generator of docs/CONFIG.md understand. */
export type ConfigKeywords = {
  /** The value is a secret: `${ENV}` or `file:PATH`; never printed. */
  'x-secret'?: boolean
  /** Environment variable that overrides the value. */
  'x-env'?: string
}

/** A secret: never printed, never stored. */
export const Secret = (description: string, extra: Record<string, unknown> = {}) =>
  Type.String({ minLength: 1, 'x-secret': true, description, ...extra })

export const SOURCE_NAME_PATTERN = '^[a-z0-9][a-z0-9-]{0,62}$'

/** Fields that every entry of `sources` has beside its connector's own. */
export const sourceFields = {
  name: Type.Optional(
    Type.String({ pattern: SOURCE_NAME_PATTERN, description: 'Unique name; the connector name where absent.' }),
  ),
  brands: Type.Optional(
    Type.Array(Type.String(), { minItems: 1, description: 'Brands this source may speak of; all where absent.' }),
  ),
  about: Type.Optional(
    Type.String({
      description:
        'Brand that everything here is about, whatever the text says: the reviews of its app, its help desk. Where absent the text decides, except in a place of its own whose source may speak of one brand only.',
    }),
  ),
  blindAfterMs: Type.Optional(
    Type.Integer({
      minimum: 1_000,
      description: 'Silence of the connection after which the source is blind. Milliseconds.',
    }),
  ),
}

/** Fields that every entry of `targets` has beside its format's own. */
export const targetFields = {
  name: Type.String({ pattern: SOURCE_NAME_PATTERN, description: 'Unique name, used by routes, the API and metrics.' }),
  brands: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: 'Only alerts of these brands.' })),
  pagesOnly: Type.Boolean({ default: false, description: 'Send only alerts of issues that page.' }),
  minSeverity: Type.Union([Type.Literal('incident'), Type.Literal('major'), Type.Literal('crisis')], {
    default: 'incident',
    description: 'Lowest severity sent.',
  }),
  drills: Type.Boolean({ default: false, description: 'Also send alerts of drills, marked as such.' }),
  issueTypes: Type.Optional(
    Type.Array(Type.String(), { minItems: 1, maxItems: 100, description: 'Only alerts of issues of these types.' }),
  ),
  languages: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), {
      minItems: 1,
      maxItems: 50,
      description:
        'Only alerts of issues of which a fifth of the posts or more is in one of these, ISO 639 codes; also where no language is known.',
    }),
  ),
  quietHours: Type.Union([Type.Literal('hold'), Type.Literal('send')], {
    default: 'hold',
    description: 'What quiet hours do to this target: hold, or send as always, for example to a night shift.',
  }),
  escalationOnly: Type.Boolean({
    default: false,
    description: 'Send only what a step of `alerting.escalation` brings, and what follows of the same issue.',
  }),
  allowPrivate: Type.Array(Type.String(), {
    default: [],
    description:
      'Private hosts or CIDR ranges this target may reach, for receivers on premises; "127.0.0.1" for tests.',
  }),
}

export const Role = Type.Union([Type.Literal('viewer'), Type.Literal('responder'), Type.Literal('admin')])
export type Role = Static<typeof Role>

export const OidcConfig = oidcConfig(Secret('Secret of Outcry at the provider; a public client where absent.'), Role)
export type OidcConfig = Static<typeof OidcConfig>

export const ApiConfig = Type.Object(
  {
    host: Type.String({ default: '127.0.0.1', 'x-env': 'OUTCRY_HOST', description: 'Address to listen on.' }),
    port: Type.Integer({
      minimum: 0,
      maximum: 65_535,
      default: 8080,
      'x-env': 'OUTCRY_PORT',
      description: 'Port to listen on.',
    }),
    publicUrl: Type.Optional(
      Type.String({ pattern: '^https?://', description: 'Address in links of alerts; http://host:port where absent.' }),
    ),
    allowedHosts: Type.Array(Type.String(), {
      default: [],
      description: 'Host headers accepted beside localhost, 127.0.0.1, [::1] and that of publicUrl.',
    }),
    allowedOrigins: Type.Array(Type.String(), {
      default: [],
      description: "Browser origins accepted beside the service's own.",
    }),
    tokens: Type.Array(
      Type.Object(
        {
          name: Type.String({ minLength: 1, maxLength: 63, description: 'Who holds it; shown in timelines.' }),
          token: Secret('Bearer token, at least 24 characters.', { minLength: 24 }),
          role: Role,
          brands: Type.Optional(
            Type.Array(Type.String(), { minItems: 1, description: 'Brands it may see; all where absent.' }),
          ),
        },
        { additionalProperties: false },
      ),
      { default: [], description: 'Tokens beside the admin token of the data directory.' },
    ),
    oidc: Type.Optional(OidcConfig),
    pagerdutySecrets: Type.Array(Secret('Secret of a webhook subscription.'), {
      default: [],
      maxItems: 20,
      description:
        'Secrets of PagerDuty webhooks V3 to /api/v1/inbound/pagerduty, so that who acknowledges or resolves there has done it here.',
    }),
    maxBodyBytes: Type.Integer({ minimum: 1_024, default: 1_048_576, description: 'Largest request body. Bytes.' }),
    requestsPerMinute: Type.Integer({
      minimum: 1,
      default: 1_200,
      description: 'Requests a token may make in a minute.',
    }),
    drainMs: Type.Integer({
      minimum: 0,
      maximum: 60_000,
      default: 0,
      description:
        'How long a stopping process goes on answering after /readyz said no, so that a balancer stops sending first. Milliseconds.',
    }),
  },
  { additionalProperties: false, default: {} },
)

/** The schema of `outcry.yaml`, given the schemas of the connectors and target formats that are built in. */
export const configSchema = (connectors: readonly TSchema[], formats: readonly TSchema[]) =>
  Type.Object(
    {
      brands: Type.Array(BrandRules, { default: [], maxItems: 10_000, description: 'What is watched.' }),
      sources: Type.Array(Type.Union([...connectors]), {
        default: [],
        maxItems: 1_000,
        description: 'Where mentions come from.',
      }),
      targets: Type.Array(Type.Union([...formats]), { default: [], maxItems: 200, description: 'Where alerts go.' }),
      detection: Type.Object(
        { ...Type.Omit(DetectionSettings, ['brands', 'embedding']).properties },
        { additionalProperties: false, default: {}, description: 'What counts as a burst.' },
      ),
      embedding: Type.Object(
        {
          provider: Type.Union([Type.Literal('none'), Type.Literal('onnx')], {
            default: 'none',
            'x-env': 'OUTCRY_EMBEDDING',
            description:
              'Compare posts by their words alone, or also by their meaning with a sentence model that `outcry model install` put in place.',
          }),
          directory: Type.Optional(
            Type.String({
              minLength: 1,
              'x-env': 'OUTCRY_EMBEDDING_DIR',
              description: 'Directory of the installed model; `embedding` in the data directory where absent.',
            }),
          ),
          perMinute: Type.Integer({
            minimum: 1,
            maximum: 100_000,
            default: 120,
            description:
              'Most texts of one brand given to the model in a minute of its own time; the rest go by words.',
          }),
          threads: Type.Integer({
            minimum: 1,
            maximum: 64,
            default: 1,
            description: 'Threads the model computes with.',
          }),
        },
        { additionalProperties: false, default: {} },
      ),
      response: Type.Object(
        {
          playbooks: Type.Array(Playbook, {
            default: [],
            maxItems: 200,
            description: 'By issue type: what may be offered and said.',
          }),
          approval: Type.Union([Type.Literal('anyone'), Type.Literal('other')], {
            default: 'anyone',
            description: 'Who approves a statement: any responder, or another one than who wrote it.',
          }),
          timeZone: Type.String({
            minLength: 1,
            maxLength: 64,
            default: 'UTC',
            description: 'Name of the IANA time zone in which statements tell times, as Europe/Berlin.',
          }),
          postingShare: PostingShare,
        },
        { additionalProperties: false, default: {}, description: 'What is said of an issue.' },
      ),
      alerting: Type.Object(
        {
          pagesPerWeek: Type.Integer({
            minimum: 0,
            maximum: 1_000,
            default: 3,
            description:
              'Page budget of a brand in a rolling 7 days, spent on what is worth most; a crisis always pages.',
          }),
          blindPageAfterMs: Ms(900_000, 'A source blind for so long is alarmed.'),
          updateEveryMs: Ms(1_800_000, 'Least time between two updates of one issue.'),
          quietHours: Type.Array(QuietHours, {
            default: [],
            maxItems: 20,
            description:
              'Hours in which only a crisis is sent. What else burns is decided as always, and sent when they end if it is still open.',
          }),
          digest: Type.Optional(DigestRules),
          escalation: Type.Array(EscalationChain, {
            default: [],
            maxItems: 100,
            description:
              'Whom an issue goes to that nobody acknowledges, or of which another clock is over. The first that fits the issue counts.',
          }),
        },
        { additionalProperties: false, default: {} },
      ),
      database: Type.Object(
        {
          url: Type.Optional(
            Secret('postgres:// address; embedded PostgreSQL in the data directory where absent.', {
              'x-env': 'DATABASE_URL',
            }),
          ),
          poolSize: Type.Integer({ minimum: 2, maximum: 200, default: 10, description: 'Connections of one process.' }),
        },
        { additionalProperties: false, default: {} },
      ),
      bus: Type.Object(
        {
          driver: Type.Union([Type.Literal('postgres'), Type.Literal('kafka')], {
            default: 'postgres',
            'x-env': 'OUTCRY_BUS',
            description: 'Where records travel: the database, or Kafka.',
          }),
          partitions: Type.Integer({
            minimum: 1,
            maximum: 512,
            default: 8,
            description: 'Partitions of the mentions topic at creation.',
          }),
          maxRecordBytes: Type.Integer({
            minimum: 16_384,
            maximum: 8_388_608,
            default: 262_144,
            description: 'Larger records go to the dead-letter topic. Bytes.',
          }),
          kafka: Type.Optional(
            Type.Object(
              {
                brokers: Type.Array(Type.String({ pattern: '^[^:\\s]+:[0-9]{1,5}$' }), {
                  minItems: 1,
                  'x-env': 'OUTCRY_KAFKA_BROKERS',
                  description: 'host:port of brokers; in the environment separated by commas.',
                }),
                clientId: Type.String({ default: 'outcry', description: 'Name shown in broker logs.' }),
                topicPrefix: Type.String({
                  default: 'outcry.',
                  pattern: '^[a-zA-Z0-9._-]{0,100}$',
                  description: 'Prefix of topics and groups.',
                }),
                replication: Type.Integer({
                  minimum: -1,
                  maximum: 9,
                  default: -1,
                  description: "Copies of each partition at creation; -1 takes the broker's default.",
                }),
                ssl: Type.Boolean({ default: false, description: 'Connect with TLS.' }),
                sasl: Type.Optional(
                  Type.Object(
                    {
                      mechanism: Type.Union([
                        Type.Literal('plain'),
                        Type.Literal('scram-sha-256'),
                        Type.Literal('scram-sha-512'),
                      ]),
                      username: Type.String({ minLength: 1 }),
                      password: Secret('SASL password.'),
                    },
                    { additionalProperties: false },
                  ),
                ),
              },
              { additionalProperties: false },
            ),
          ),
        },
        { additionalProperties: false, default: {} },
      ),
      api: ApiConfig,
      health: Type.Object(
        {
          host: Type.String({
            default: '127.0.0.1',
            'x-env': 'OUTCRY_HEALTH_HOST',
            description: 'Address that `health.port` listens on.',
          }),
          port: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 65_535,
              'x-env': 'OUTCRY_HEALTH_PORT',
              description:
                'Port of its own for /healthz, /readyz and /metrics, also in processes without the API; none where absent, 0 takes any.',
            }),
          ),
        },
        { additionalProperties: false, default: {} },
      ),
      privacy: Type.Object(
        {
          authorIds: Type.Union([Type.Literal('hashed'), Type.Literal('plain')], {
            default: 'hashed',
            description: 'Keep author ids as keyed hashes, or as the platform gives them.',
          }),
          handlesInAlerts: Type.Boolean({ default: false, description: 'Let alerts carry handles.' }),
        },
        { additionalProperties: false, default: {} },
      ),
      retention: Type.Object(
        {
          mentions: Days(
            30,
            'Mentions, their texts wherever they are quoted as evidence, and bursts that opened nothing.',
          ),
          issues: Days(730, 'Issues, alerts and their timelines.'),
          deliveries: Days(90, 'Receipts of deliveries.'),
          bus: Days(7, 'Records on the bus.'),
          deadLetters: Days(30, 'Dead letters; no longer than the terms of any configured platform allow for copies.'),
          connectors: Type.Optional(
            Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 3_650 }), {
              description:
                'Longest that copies of a platform are kept, by connector, where a contract says something else than its public terms. Days.',
            }),
          ),
          erasureHours: Type.Integer({
            minimum: 1,
            maximum: 168,
            default: 24,
            description:
              'Longest time that an erased post stays on the bus and in dead letters; on Kafka it is given to topics at their creation. Hours.',
          }),
          audit: Days(730, 'The audit log: who wrote what.'),
        },
        { additionalProperties: false, default: {} },
      ),
      log: Type.Object(
        {
          level: Type.Union(
            [Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')],
            {
              default: 'info',
              'x-env': 'OUTCRY_LOG_LEVEL',
              description: 'Least level written.',
            },
          ),
          format: Type.Union([Type.Literal('auto'), Type.Literal('json'), Type.Literal('pretty')], {
            default: 'auto',
            'x-env': 'OUTCRY_LOG_FORMAT',
            description: 'JSON lines, or lines for people; auto asks whether stderr is a terminal.',
          }),
        },
        { additionalProperties: false, default: {} },
      ),
      dataDir: Type.String({
        default: '.outcry',
        'x-env': 'OUTCRY_DATA_DIR',
        description: 'Directory of the embedded database, keys and the admin token.',
      }),
    },
    { additionalProperties: false },
  )

/** A source as configured; `name` is filled in by the loader, the rest is its connector's own. */
export type SourceConfig = {
  connector: string
  name: string
  brands?: string[]
  about?: string
  blindAfterMs?: number
  [field: string]: unknown
}
/** A target as configured; the rest is its format's own. */
export type TargetConfig = {
  format: string
  name: string
  brands?: string[]
  pagesOnly: boolean
  minSeverity: 'incident' | 'major' | 'crisis'
  drills: boolean
  issueTypes?: string[]
  languages?: string[]
  quietHours?: 'hold' | 'send'
  escalationOnly?: boolean
  allowPrivate: string[]
  [field: string]: unknown
}

type Raw = Static<ReturnType<typeof configSchema>>
/** The configuration after defaults, environment and secrets are in. */
export type Config = Omit<Raw, 'sources' | 'targets'> & { sources: SourceConfig[]; targets: TargetConfig[] }
