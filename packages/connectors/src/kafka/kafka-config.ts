import { Secret, sourceFields } from '@outcry/contracts'
import { Type, type Static } from 'typebox'

const Pem = (description: string) => Type.Optional(Secret(`${description} PEM, best as file:PATH.`))

export const KafkaSourceConfig = Type.Object(
  {
    connector: Type.Literal('kafka'),
    ...sourceFields,
    brokers: Type.Array(Type.String({ pattern: '^[^:\\s]+:[0-9]{1,5}$' }), {
      minItems: 1,
      maxItems: 50,
      description: 'host:port of brokers of the foreign cluster.',
    }),
    topics: Type.Array(Type.String({ pattern: '^[a-zA-Z0-9._-]{1,249}$' }), {
      minItems: 1,
      maxItems: 50,
      description: 'Topics to read. All have the same mapping; another mapping is another source.',
    }),
    group: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 249,
        description:
          'Consumer group to join, for nobody else to use; "outcry-" and the name of the source where absent. Its offsets are neither read nor written.',
      }),
    ),
    from: Type.Union([Type.Literal('latest'), Type.Literal('earliest')], {
      default: 'latest',
      description: 'Where a topic is begun that was never read. What is older than five minutes opens nothing alone.',
    }),
    map: Type.Record(Type.String(), Type.String(), {
      default: {},
      description:
        'Which key of the JSON each field is read from, dots reach into objects: text: payload.after.body. With a mapping only what it names is read, and id, text and createdAt; without one a record is a line as the file source reads it.',
    }),
    idFromKey: Type.Boolean({
      default: false,
      description: 'The key of a record is the id of its mention: a record without a value then deletes it.',
    }),
    keyPath: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'Where the id is in keys that are JSON objects, as payload.id.',
      }),
    ),
    timeUnit: Type.Union([Type.Literal('seconds'), Type.Literal('milliseconds'), Type.Literal('microseconds')], {
      default: 'milliseconds',
      description: 'Unit of createdAt where it is a number. Records without one have the time of the record.',
    }),
    brand: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 100,
        description: 'Brand of records that name none; else the text says.',
      }),
    ),
    kind: Type.Union(
      [
        Type.Literal('post'),
        Type.Literal('comment'),
        Type.Literal('review'),
        Type.Literal('ticket'),
        Type.Literal('message'),
        Type.Literal('issue'),
      ],
      { default: 'post', description: 'What records are that say nothing of it.' },
    ),
    ssl: Type.Boolean({ default: false, description: 'Connect with TLS.' }),
    certificates: Type.Optional(
      Type.Object(
        {
          ca: Pem('Authority that signed the certificate of the brokers.'),
          client: Pem('Certificate of this client, where the brokers ask for one.'),
          key: Pem('Key of that certificate.'),
        },
        { additionalProperties: false, description: 'For TLS with authorities that the system does not know.' },
      ),
    ),
    sasl: Type.Optional(
      Type.Object(
        {
          mechanism: Type.Union([Type.Literal('plain'), Type.Literal('scram-sha-256'), Type.Literal('scram-sha-512')]),
          username: Type.String({ minLength: 1 }),
          password: Secret('SASL password.'),
        },
        { additionalProperties: false, description: 'How to sign in.' },
      ),
    ),
  },
  { additionalProperties: false, description: 'Mentions as JSON in topics of a Kafka cluster of your own.' },
)
export type KafkaSourceConfig = Static<typeof KafkaSourceConfig>
